@NullMarked
package dev.earnest.local.demo;

import org.jspecify.annotations.NullMarked;
