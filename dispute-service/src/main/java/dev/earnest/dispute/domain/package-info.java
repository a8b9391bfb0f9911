/// Disputes: their lifecycle, what they are judged by, and how they end.
@NullMarked
package dev.earnest.dispute.domain;

import org.jspecify.annotations.NullMarked;
