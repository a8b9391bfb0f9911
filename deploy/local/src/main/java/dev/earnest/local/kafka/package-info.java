@NullMarked
package dev.earnest.local.kafka;

import org.jspecify.annotations.NullMarked;
