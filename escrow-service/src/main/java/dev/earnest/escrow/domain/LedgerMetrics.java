package dev.earnest.escrow.domain;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What whoever watches the ledger wants to be woken by: how much is held, since when, and whether
/// the last check was clean. Refused holds are counted by [TaskMoney].
@ApplicationScoped
class LedgerMetrics {
  private static final Logger LOG = Logger.getLogger(LedgerMetrics.class);
  private static final double UNIT = 1e6;

  private static final String HELD =
      """
      SELECT coalesce(sum(held - released - refunded), 0), count(*), min(held_at)
      FROM holds WHERE ask_at IS NOT NULL
      """;

  private final MeterRegistry meters;
  private final LedgerCheck check;
  private final Sql sql;
  private final InstantSource clock;
  private final Map<String, Boolean> verdicts = new ConcurrentHashMap<>();
  private volatile Held held = new Held(0, 0, null);

  LedgerMetrics(MeterRegistry meters, LedgerCheck check, Sql sql, InstantSource clock) {
    this.meters = meters;
    this.check = check;
    this.sql = sql;
    this.clock = clock;
    meters.gauge("earnest.holds.total", this, now -> now.held.micros() / UNIT);
    meters.gauge("earnest.holds.open", this, now -> now.held.count());
    meters.gauge("earnest.holds.oldest.seconds", this, now -> now.age(now.held.oldest()));
  }

  private record Held(long micros, long count, @Nullable Instant oldest) {}

  @Scheduled(every = "${earnest.held-metrics.every}")
  @Transactional
  void lookAtHolds() {
    held =
        sql.query(
                HELD,
                row -> {
                  @Nullable Timestamp oldest = row.getTimestamp(3);
                  return new Held(
                      row.getLong(1), row.getLong(2), oldest == null ? null : oldest.toInstant());
                })
            .getFirst();
  }

  @Scheduled(every = "${earnest.ledger-check.every}", delayed = "10s")
  void lookAtInvariants() {
    for (LedgerCheck.Verdict verdict : check.run()) {
      boolean isNew = verdicts.put(verdict.name(), verdict.ok()) == null;
      if (isNew) {
        meters.gauge(
            "earnest.ledger.check",
            Tags.of("invariant", verdict.name()),
            verdicts,
            all -> Boolean.TRUE.equals(all.get(verdict.name())) ? 1 : 0);
      }
      if (!verdict.ok()) {
        LOG.errorf("the ledger breaks %s: %s", verdict.name(), verdict.rows());
      }
    }
  }

  private double age(@Nullable Instant since) {
    return since == null ? 0 : Duration.between(since, clock.instant()).toSeconds();
  }
}
