@NullMarked
package dev.earnest.escrow.api;

import org.jspecify.annotations.NullMarked;
