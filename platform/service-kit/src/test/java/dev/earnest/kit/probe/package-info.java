@NullMarked
package dev.earnest.kit.probe;

import org.jspecify.annotations.NullMarked;
