/// The door of assistants' clients: `/tasks`.
@NullMarked
package dev.earnest.task.api.assistant;

import org.jspecify.annotations.NullMarked;
