@NullMarked
package dev.earnest.kit.id;

import org.jspecify.annotations.NullMarked;
