/// The door of team boards: `/api/teams`, `/api/tasks`, `/api/projects`, `/api/agents`.
@NullMarked
package dev.earnest.task.api.board;

import org.jspecify.annotations.NullMarked;
