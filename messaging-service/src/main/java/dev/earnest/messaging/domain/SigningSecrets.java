package dev.earnest.messaging.domain;

import dev.earnest.kit.security.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;

/// The secret of each account that signs what goes to its tasks' callback URLs. It is made when it
/// is first needed and sealed at rest.
@ApplicationScoped
public class SigningSecrets {
  private static final int BYTES = 32;

  /// The update that changes nothing makes the row that won a race visible to the one who lost it.
  private static final String CREATE =
      """
      INSERT INTO signing_secrets AS s (account, secret, created_at) VALUES (?, ?, ?)
      ON CONFLICT (account) DO UPDATE SET account = EXCLUDED.account
      RETURNING s.secret
      """;

  private static final String ROTATE =
      "UPDATE signing_secrets SET previous = secret, previous_until = ?, secret = ?"
          + " WHERE account = ?";

  private static final String FIND = "SELECT secret FROM signing_secrets WHERE account = ?";

  private final Database database;
  private final Secrets secrets;
  private final InstantSource clock;

  SigningSecrets(Database database, Secrets secrets, InstantSource clock) {
    this.database = database;
    this.secrets = secrets;
    this.clock = clock;
  }

  /// The account's secret in clear, as `whsec_` and Base64.
  public String of(String account) {
    String sealed =
        database.query(FIND, row -> row.getString("secret"), account).stream()
            .findFirst()
            .orElseGet(() -> create(account));
    return secrets.open(sealed);
  }

  /// A new one; for 24 hours the one before is valid too.
  @Transactional
  public String rotate(String account) {
    String fresh = random();
    of(account);
    Instant until = clock.instant().plus(Webhooks.OVERLAP);
    database.update(ROTATE, until, secrets.seal(fresh), account);
    return fresh;
  }

  static String random() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return "whsec_" + Base64.getEncoder().encodeToString(random);
  }

  private String create(String account) {
    String sealed = secrets.seal(random());
    return database
        .query(CREATE, row -> row.getString("secret"), account, sealed, clock.instant())
        .getFirst();
  }
}
