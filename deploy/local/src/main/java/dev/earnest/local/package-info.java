@NullMarked
package dev.earnest.local;

import org.jspecify.annotations.NullMarked;
