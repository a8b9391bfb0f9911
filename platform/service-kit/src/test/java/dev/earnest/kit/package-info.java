@NullMarked
package dev.earnest.kit;

import org.jspecify.annotations.NullMarked;
