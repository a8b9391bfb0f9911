@NullMarked
package dev.earnest.dispute.messaging;

import org.jspecify.annotations.NullMarked;
