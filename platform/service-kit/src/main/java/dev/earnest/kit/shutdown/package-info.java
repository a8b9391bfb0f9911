/// How a service stops without leaving anything half done.
@NullMarked
package dev.earnest.kit.shutdown;

import org.jspecify.annotations.NullMarked;
