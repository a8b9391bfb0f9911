package dev.earnest.messaging.domain;

import dev.earnest.kit.security.ApiKeys;
import dev.earnest.kit.security.Caller;
import dev.earnest.kit.security.Role;
import dev.earnest.messaging.domain.Database.Texts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tickets open a stream without a bearer token in its address: one stream each, and it again for
/// those who lost the connection.
@ApplicationScoped
public class StreamTickets {
  public static final String PREFIX = "est_";

  private static final Duration VALID = Duration.ofSeconds(60);
  private static final Duration VALID_AGAIN = Duration.ofMinutes(10);
  private static final int BYTES = 32;

  private static final String ISSUE =
      """
      INSERT INTO stream_tickets (hash, account, roles, email, api_key, token_ends, path, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String FORGET = "DELETE FROM stream_tickets WHERE created_at < ?";

  /// One of many that come at once with the same ticket.
  private static final String OPEN =
      """
      UPDATE stream_tickets SET opened_at = ?
      WHERE hash = ? AND path = ? AND opened_at IS NULL AND created_at > ?
      RETURNING account, roles, email, api_key, token_ends
      """;

  private static final String OPEN_AGAIN =
      """
      SELECT account, roles, email, api_key, token_ends FROM stream_tickets
      WHERE hash = ? AND path = ? AND opened_at IS NOT NULL AND created_at > ?
      """;

  private final Database database;
  private final ApiKeys keys;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  StreamTickets(Database database, ApiKeys keys, InstantSource clock) {
    this.database = database;
    this.keys = keys;
    this.clock = clock;
  }

  /// Who has it, and how long that one's bearer token is good.
  public record Holder(Caller caller, Instant tokenEnds) {}

  /// @param expiresAt until when it opens the stream for the first time
  public record Ticket(String ticket, Instant expiresAt) {}

  @Transactional
  public Ticket issue(Holder holder, String path) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    String ticket = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Caller caller = holder.caller();
    Instant now = clock.instant();
    database.update(FORGET, now.minus(VALID_AGAIN));
    database.update(
        ISSUE,
        hash(ticket),
        caller.account(),
        new Texts(caller.roles().stream().map(Role::name).toList()),
        caller.email(),
        caller.apiKey() == null ? null : caller.apiKey().id(),
        holder.tokenEnds(),
        path,
        now);
    return new Ticket(ticket, now.plus(VALID));
  }

  /// Whom a ticket lets in.
  ///
  /// @param again whether it is a reader that comes back
  public Optional<Holder> open(String ticket, String path, boolean again) {
    Instant now = clock.instant();
    byte[] hash = hash(ticket);
    return (again
            ? database.query(OPEN_AGAIN, StreamTickets::issued, hash, path, now.minus(VALID_AGAIN))
            : database.query(OPEN, StreamTickets::issued, now, hash, path, now.minus(VALID)))
        .stream().findFirst().flatMap(issued -> holder(issued, now));
  }

  private static byte[] hash(String ticket) {
    return Hashes.sha256(ticket.getBytes(StandardCharsets.UTF_8));
  }

  private record Issued(Holder holder, @Nullable UUID apiKey) {}

  private static Issued issued(ResultSet row) throws SQLException {
    Caller caller =
        new Caller(
            row.getString("account"),
            Database.texts(row, "roles").stream().map(Role::valueOf).collect(Collectors.toSet()),
            row.getString("email"));
    return new Issued(
        new Holder(caller, Database.requiredInstant(row, "token_ends")),
        row.getObject("api_key", UUID.class));
  }

  /// A ticket is good for no more, and no longer, than the key that it was got with.
  private Optional<Holder> holder(Issued issued, Instant now) {
    if (issued.apiKey() == null) {
      return Optional.of(issued.holder());
    }
    return keys.find(issued.apiKey())
        .filter(key -> key.isGood(now))
        .map(key -> new Holder(Caller.of(key), issued.holder().tokenEnds()));
  }
}
