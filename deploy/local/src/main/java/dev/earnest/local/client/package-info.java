@NullMarked
package dev.earnest.local.client;

import org.jspecify.annotations.NullMarked;
