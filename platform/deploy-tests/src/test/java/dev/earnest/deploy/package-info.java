/// What operators install, rendered and looked at without a cluster.
@NullMarked
package dev.earnest.deploy;

import org.jspecify.annotations.NullMarked;
