/// How much a caller may ask for: token buckets in front of everything else, in each process.
@NullMarked
package dev.earnest.kit.limit;

import org.jspecify.annotations.NullMarked;
