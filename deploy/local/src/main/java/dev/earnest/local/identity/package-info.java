@NullMarked
package dev.earnest.local.identity;

import org.jspecify.annotations.NullMarked;
