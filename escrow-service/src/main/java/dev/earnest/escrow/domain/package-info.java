@NullMarked
package dev.earnest.escrow.domain;

import org.jspecify.annotations.NullMarked;
