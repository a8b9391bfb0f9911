package dev.earnest.escrow;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.earnest.testkit.RealStack;
import dev.earnest.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/// What the tests of the running service share. After each of them the ledger must be clean.
@QuarkusTestResource(
    value = RealStack.class,
    initArgs = @ResourceArg(name = "service", value = "escrow"))
public abstract class EscrowTests {
  @AfterEach
  void ledgerIsClean() {
    String check = as("root", "admin").get("/api/v1/admin/ledger/check").asString();
    assertThat(JsonPath.from(check).getBoolean("check.ok")).as(check).isTrue();
  }

  protected static RequestSpecification as(String account, String... roles) {
    return given().auth().oauth2(Tokens.of(account, roles));
  }

  /// An account that no other test knows.
  protected static String someone(String name) {
    return name + "-" + UUID.randomUUID();
  }

  protected static void deposit(String account, String amount) {
    deposit(account, amount, UUID.randomUUID().toString()).statusCode(201);
  }

  protected static ValidatableResponse deposit(String account, String amount, String reference) {
    return postDeposit(
        """
        {"account": "%s", "amount": %s, "currency": "USDC", "reference": "%s"}
        """
            .formatted(account, amount, reference));
  }

  protected static ValidatableResponse postDeposit(String body) {
    return as("root", "admin")
        .contentType("application/json")
        .body(body)
        .post("/api/v1/wallet/deposits")
        .then();
  }

  /// What the account has, exactly as JSON says it: "50.00 available, 0.00 held".
  protected static String wallet(String account) {
    String answer = as(account, "buyer").get("/api/v1/wallet").asString();
    return answer.replaceAll(
        ".*\"available\":([^,}]*).*\"held\":([^,}]*).*", "$1 available, $2 held");
  }

  protected static ValidatableResponse post(String account, String path, String body) {
    return as(account, "buyer").contentType("application/json").body(body).post(path).then();
  }

  protected static ValidatableResponse postAsAdmin(String path, String body) {
    return as("root", "admin").contentType("application/json").body(body).post(path).then();
  }

  protected static ValidatableResponse caps(String account, String body) {
    return as(account, "buyer")
        .contentType("application/json")
        .body(body)
        .put("/api/v1/wallet/caps")
        .then();
  }

  /// What everybody has, over the whole ledger: of one kind of account, in units.
  protected static JsonPath ledgerAccounts() {
    return as("root", "admin")
        .get("/api/v1/admin/ledger/accounts")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(NumberReturnType.BIG_DECIMAL));
  }

  protected static JsonPath payments(TaskTeller task, String account) {
    return as(account, "buyer")
        .get("/api/v1/tasks/{id}/payments", task.id())
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
