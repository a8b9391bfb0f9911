/// Who may do what, through every endpoint.
@NullMarked
package dev.earnest.system.access;

import org.jspecify.annotations.NullMarked;
