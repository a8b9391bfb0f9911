/// What several doors need. Each door is a package of its own.
@NullMarked
package dev.earnest.task.api;

import org.jspecify.annotations.NullMarked;
