package dev.earnest.escrow.domain;

import dev.earnest.kit.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Locked sums of what was spent today, and what a transaction has added to them so far. Written at
/// its end by [SpendingTable].
final class Spending {
  /// @param day the last day on which something was spent
  record Standing(LocalDate day, long spent, SpendCaps caps) {}

  private final Map<Spender.Id, Standing> standings;
  private final Map<Spender.Id, Standing> changed = new LinkedHashMap<>();
  private final Instant now;
  private final LocalDate today;

  /// @param clock the time now that everything is locked. Where another replica's clock is ahead and
  ///     began a day already, it is that day.
  Spending(Map<Spender.Id, Standing> locked, Instant clock) {
    this.standings = new HashMap<>(locked);
    Instant latest =
        locked.values().stream()
            .map(standing -> standing.day().atStartOfDay(ZoneOffset.UTC).toInstant())
            .max(Instant::compareTo)
            .orElse(clock);
    this.now = latest.isAfter(clock) ? latest : clock;
    this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  /// When what the transaction moves is said to move.
  Instant now() {
    return now;
  }

  /// Why a payment is over a cap of one of the spenders; empty when it is over none. It does not say
  /// by how much: the other party reads it.
  ///
  /// @param ofTask all that the task will have cost with this
  Optional<String> refuses(Collection<Spender> spenders, Money amount, Money ofTask) {
    return spenders.stream().flatMap(one -> refuses(one, amount, ofTask).stream()).findFirst();
  }

  private Optional<String> refuses(Spender spender, Money amount, Money ofTask) {
    Standing standing = standing(spender);
    SpendCaps caps = Objects.requireNonNullElse(spender.caps(), standing.caps());
    String whose = spender.kind() == Spender.Kind.KEY ? "the API key" : "the account";
    if (isOver(ofTask.micros(), caps.perTask())) {
      return Optional.of("It is over what " + whose + " may spend on one task.");
    }
    long ofDay;
    try {
      ofDay = Math.addExact(spentToday(standing), amount.micros());
    } catch (ArithmeticException _) {
      return Optional.of("It is over what " + whose + " can spend in one day.");
    }
    return isOver(ofDay, caps.perDay())
        ? Optional.of("It is over what " + whose + " may spend in one day.")
        : Optional.empty();
  }

  void spend(List<Spender> spenders, Money amount) {
    for (Spender spender : spenders) {
      Standing standing = standing(spender);
      Standing next =
          new Standing(
              today, Math.addExact(spentToday(standing), amount.micros()), standing.caps());
      standings.put(spender.id(), next);
      changed.put(spender.id(), next);
    }
  }

  Map<Spender.Id, Standing> changed() {
    return changed;
  }

  private static boolean isOver(long micros, @Nullable Money cap) {
    return cap != null && micros > cap.micros();
  }

  private long spentToday(Standing standing) {
    return standing.day().equals(today) ? standing.spent() : 0;
  }

  private Standing standing(Spender spender) {
    Standing standing = standings.get(spender.id());
    if (standing == null) {
      throw new IllegalStateException(spender + " was not locked");
    }
    return standing;
  }
}
