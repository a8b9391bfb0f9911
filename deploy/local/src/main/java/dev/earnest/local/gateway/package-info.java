@NullMarked
package dev.earnest.local.gateway;

import org.jspecify.annotations.NullMarked;
