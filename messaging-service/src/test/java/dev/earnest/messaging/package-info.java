/// Tests of the whole service and what they share.
@NullMarked
package dev.earnest.messaging;

import org.jspecify.annotations.NullMarked;
