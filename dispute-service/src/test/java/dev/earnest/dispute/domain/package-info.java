@NullMarked
package dev.earnest.dispute.domain;

import org.jspecify.annotations.NullMarked;
