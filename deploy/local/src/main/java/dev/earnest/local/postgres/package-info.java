@NullMarked
package dev.earnest.local.postgres;

import org.jspecify.annotations.NullMarked;
