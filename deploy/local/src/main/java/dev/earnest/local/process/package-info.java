@NullMarked
package dev.earnest.local.process;

import org.jspecify.annotations.NullMarked;
