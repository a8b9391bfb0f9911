@NullMarked
package dev.earnest.kit.event;

import org.jspecify.annotations.NullMarked;
