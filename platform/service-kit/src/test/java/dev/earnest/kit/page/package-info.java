@NullMarked
package dev.earnest.kit.page;

import org.jspecify.annotations.NullMarked;
