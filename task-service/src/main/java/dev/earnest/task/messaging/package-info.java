@NullMarked
package dev.earnest.task.messaging;

import org.jspecify.annotations.NullMarked;
