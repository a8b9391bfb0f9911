package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import org.jspecify.annotations.Nullable;

/// What may be spent at most: for one task, and in one day of UTC. Null is without end.
public record SpendCaps(@Nullable Money perTask, @Nullable Money perDay) {
  static final SpendCaps NONE = new SpendCaps(null, null);
}
