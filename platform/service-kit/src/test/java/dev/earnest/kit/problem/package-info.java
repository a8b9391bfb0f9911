@NullMarked
package dev.earnest.kit.problem;

import org.jspecify.annotations.NullMarked;
