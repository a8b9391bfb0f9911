@NullMarked
package dev.earnest.escrow.messaging;

import org.jspecify.annotations.NullMarked;
