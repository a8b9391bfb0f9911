@NullMarked
package dev.earnest.testkit;

import org.jspecify.annotations.NullMarked;
