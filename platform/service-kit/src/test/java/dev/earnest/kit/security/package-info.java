@NullMarked
package dev.earnest.kit.security;

import org.jspecify.annotations.NullMarked;
