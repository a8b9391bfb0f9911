package dev.earnest.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
  private final Routes routes = Routes.load(Path.of("../routes.yaml"));

  @ParameterizedTest
  @CsvSource({
    "/api/v1/tasks/1/messages, messaging-service",
    "/api/v1/tasks/1/stream, messaging-service",
    "/api/v1/tasks/1/timeline, messaging-service",
    "/api/v1/tasks/1/context, messaging-service",
    "/api/v1/dashboard/messages, messaging-service",
    "/api/v1/dashboard/messages/1/stream, messaging-service",
    "/api/v1/notifications, messaging-service",
    "/api/v1/notifications/unread-count, messaging-service",
    "/api/v1/webhooks, messaging-service",
    "/api/v1/webhooks/1/rotate-secret, messaging-service",
    "/api/v1/agents/1/stream, messaging-service",
    "/api/v1/stream-tickets, messaging-service",
    "/api/v1/admin/dead-letters, messaging-service",
    "/api/v1/admin/dead-letters/1/replay, messaging-service",
    "/api/v1/tasks/1/payments, escrow-service",
    "/api/v1/wallet, escrow-service",
    "/api/v1/wallet/deposits, escrow-service",
    "/api/v1/admin/ledger/check, escrow-service",
    "/api/v1/admin/wallets/alice, escrow-service",
    "/api/v1/admin/withdrawals/1/confirm, escrow-service",
    "/api/v1/tasks/1/dispute, dispute-service",
    "/api/v1/dashboard/tasks/1/dispute, dispute-service",
    "/api/v1/dashboard/tasks/1/dispute/evidence, dispute-service",
    "/api/v1/disputes, dispute-service",
    "/api/v1/disputes/1/offers, dispute-service",
    "/api/v1/admin/disputes/1/resolve, dispute-service",
    "/api/v1/tasks, task-service",
    "/api/v1/tasks/1, task-service",
    "/api/v1/tasks/1/review, task-service",
    "/api/v1/agents, task-service",
    "/api/v1/agents/1, task-service",
    "/api/v1/agents/1/tasks/2/messages, task-service",
    "/api/v1/dashboard/tasks, task-service",
    "/api/v1/walletish, task-service",
    "/api/teams/1/members, task-service",
    "/api/tasks/1, task-service",
    "/api/projects/1, task-service",
    "/api/agents/1, task-service",
    "/agent/request/1, task-service",
    "/agent/1/task/2/message, task-service",
    "/tasks, task-service",
    "/tasks/1, task-service",
  })
  void everyPathOfTheTableHasItsService(String path, String service) {
    assertThat(routes.service(path)).contains(service);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/q/metrics",
        "/q/openapi",
        "/api",
        "/api/v2/tasks",
        "/tasksx",
        "//tasks",
        "/tasks/../q/metrics",
        "/tasks/%2e%2E/q/metrics",
        "/api/v1/./tasks",
        "*"
      })
  void whatTheTableDoesNotNameDoesNotExist(String path) {
    assertThat(routes.service(path)).isEmpty();
  }

  @Test
  void theTableNamesAllFourServices() {
    assertThat(routes.services())
        .containsExactly("dispute-service", "escrow-service", "messaging-service", "task-service");
  }

  @Test
  void brokenPatternIsRefused() {
    assertThatThrownBy(() -> PathPattern.parse("/api/*/tasks"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PathPattern.parse("api/v1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
