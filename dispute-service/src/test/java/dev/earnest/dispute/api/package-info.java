@NullMarked
package dev.earnest.dispute.api;

import org.jspecify.annotations.NullMarked;
