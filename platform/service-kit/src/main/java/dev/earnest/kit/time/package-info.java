@NullMarked
package dev.earnest.kit.time;

import org.jspecify.annotations.NullMarked;
