@NullMarked
package dev.earnest.kit.limit;

import org.jspecify.annotations.NullMarked;
