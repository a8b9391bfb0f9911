/// Requests that make no sense, thousands of them, at every endpoint.
@NullMarked
package dev.earnest.system.fuzz;

import org.jspecify.annotations.NullMarked;
