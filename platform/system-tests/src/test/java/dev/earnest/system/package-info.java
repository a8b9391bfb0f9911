@NullMarked
package dev.earnest.system;

import org.jspecify.annotations.NullMarked;
