package dev.earnest.kit.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.earnest.kit.KitTest;
import dev.earnest.kit.probe.Tables;
import dev.earnest.testkit.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The connection to the database is lost in the middle of a request, or at its very end: the caller is
/// asked to come again, and whoever does with the same key has what was wanted, once.
@KitTest
class UnavailableResourceTest {
  @Inject Tables tables;
  private final String subject = UUID.randomUUID().toString();

  @AfterEach
  void disarm() throws SQLException {
    asOwner("DROP SEQUENCE IF EXISTS crashes", "DROP FUNCTION IF EXISTS crash CASCADE");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "TRIGGER zz_crash BEFORE INSERT ON tickets",
        "CONSTRAINT TRIGGER zz_crash AFTER INSERT ON tickets DEFERRABLE INITIALLY DEFERRED"
      })
  void callerIsAskedToComeAgain(String trigger) throws SQLException {
    asOwner(
        "CREATE SEQUENCE crashes",
        "GRANT USAGE ON SEQUENCE crashes TO PUBLIC",
        """
        CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('crashes') = 1 THEN
            PERFORM pg_terminate_backend(pg_backend_pid());
            PERFORM pg_sleep(10);
          END IF;
          RETURN NEW;
        END $$
        """,
        "CREATE " + trigger + " FOR EACH ROW EXECUTE FUNCTION crash()");

    post().statusCode(503).header("Retry-After", "1").body("code", equalTo("unavailable"));
    assertThat(tables.tickets(subject)).isEmpty();
    String secret = post().statusCode(200).extract().path("secret");
    post().statusCode(200).body("secret", equalTo(secret));
    assertThat(tables.tickets(subject)).containsExactly(secret);
  }

  private ValidatableResponse post() {
    return given()
        .auth()
        .oauth2(Tokens.of("alice", "buyer"))
        .contentType(ContentType.JSON)
        .header("Idempotency-Key", "k1")
        .body("{\"text\": \"one\"}")
        .post("/api/v1/tickets/" + subject)
        .then();
  }

  private static void asOwner(String... statements) throws SQLException {
    Config config = ConfigProvider.getConfig();
    try (Connection owner =
            DriverManager.getConnection(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.flyway.username", String.class),
                config.getValue("quarkus.flyway.password", String.class));
        Statement statement = owner.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
