/// The door of the marketplace and full-lifecycle clients: `/api/v1`.
@NullMarked
package dev.earnest.task.api.v1;

import org.jspecify.annotations.NullMarked;
