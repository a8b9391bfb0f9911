@NullMarked
package dev.earnest.bench;

import org.jspecify.annotations.NullMarked;
