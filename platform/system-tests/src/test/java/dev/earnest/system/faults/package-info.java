/// A marketplace at work while its parts die, stop and lose each other, and what has to be true after
/// it.
@NullMarked
package dev.earnest.system.faults;

import org.jspecify.annotations.NullMarked;
