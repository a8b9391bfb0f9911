@NullMarked
package dev.earnest.kit.idempotency;

import org.jspecify.annotations.NullMarked;
