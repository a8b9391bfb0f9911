@NullMarked
package dev.earnest.task.domain;

import org.jspecify.annotations.NullMarked;
