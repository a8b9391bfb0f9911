@NullMarked
package dev.earnest.kit.json;

import org.jspecify.annotations.NullMarked;
