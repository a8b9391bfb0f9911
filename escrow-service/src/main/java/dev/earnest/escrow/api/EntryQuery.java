package dev.earnest.escrow.api;

import dev.earnest.escrow.domain.EntryFilter;
import dev.earnest.escrow.domain.TransferKind;
import dev.earnest.kit.id.Ids;
import dev.earnest.kit.problem.Refusal;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Filters of a wallet's transactions, as they stand in the query.
///
/// @param type one or more, repeated or with commas, in any case: DEPOSIT, HOLD, PARTIAL_REFUND, RELEASE,
///     REFUND, SETTLEMENT, TIP, BONUS, WITHDRAWAL, WITHDRAWAL_CONFIRMED, WITHDRAWAL_REJECTED
/// @param taskId of this task only
/// @param from not before this: an ISO-8601 time, or a date, whose day of UTC begins then
/// @param to before this
public record EntryQuery(
    @QueryParam("type") List<String> type,
    @QueryParam("taskId") @Nullable String taskId,
    @QueryParam("from") @Nullable String from,
    @QueryParam("to") @Nullable String to) {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  /// @throws Refusal 400 for what makes no sense
  EntryFilter filter() {
    return new EntryFilter(
        kinds(),
        taskId == null ? null : Ids.parseField("taskId", taskId),
        from == null ? null : time("from", from),
        to == null ? null : time("to", to));
  }

  private Set<TransferKind> kinds() {
    return type.stream()
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .map(EntryQuery::kind)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static TransferKind kind(String text) {
    return Stream.of(TransferKind.values())
        .filter(kind -> kind.name().equals(text.strip().toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("type", "is not a type of transaction"));
  }

  private static Instant time(String field, String text) {
    try {
      Instant time =
          text.length() == "2026-01-01".length()
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant();
      if (time.isAfter(FIRST) && time.isBefore(LAST)) {
        return time;
      }
    } catch (DateTimeException _) {
      // No time: told below like one out of bounds.
    }
    throw Refusal.invalid(field, "must be an ISO-8601 time with its offset, or a date");
  }
}
