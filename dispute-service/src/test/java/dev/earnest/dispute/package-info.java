@NullMarked
package dev.earnest.dispute;

import org.jspecify.annotations.NullMarked;
