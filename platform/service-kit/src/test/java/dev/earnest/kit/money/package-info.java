@NullMarked
package dev.earnest.kit.money;

import org.jspecify.annotations.NullMarked;
