package dev.earnest.messaging.domain;

import dev.earnest.kit.security.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
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

  private String create(String account) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String sealed = secrets.seal("whsec_" + Base64.getEncoder().encodeToString(random));
    return database
        .query(CREATE, row -> row.getString("secret"), account, sealed, clock.instant())
        .getFirst();
  }
}
