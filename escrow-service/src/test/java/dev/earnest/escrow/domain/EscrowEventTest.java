package dev.earnest.escrow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.kit.json.JsonRules;
import dev.earnest.testkit.Contracts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The contracts of what this service tells.
class EscrowEventTest {
  private static final UUID TASK = UUID.fromString("0199f1c2-7a00-7c3e-9b11-2f6a5d3c8e01");
  private static final BigDecimal AMOUNT = new BigDecimal("50.00");

  static Stream<EscrowEvent> events() {
    return Stream.of(
        new EscrowEvent.Held(TASK, "buyer", AMOUNT, "USDC"),
        new EscrowEvent.Refused(TASK, "buyer", AMOUNT, "USDC", "insufficient_funds", "12.00"),
        new EscrowEvent.Refused(
            TASK, "buyer", AMOUNT, "USDC", HoldRefusal.SPEND_CAP.code(), "Over the cap."),
        new EscrowEvent.Refunded(TASK, "buyer", AMOUNT, "USDC", "cancelled", true),
        new EscrowEvent.Released(TASK, "buyer", AMOUNT, "USDC", "agent", AMOUNT, AMOUNT),
        new EscrowEvent.Frozen(TASK, "buyer", AMOUNT, "USDC"),
        new EscrowEvent.Thawed(TASK, "buyer", AMOUNT, "USDC"),
        new EscrowEvent.Tipped(TASK, "buyer", AMOUNT, "USDC", "agent", TASK, "TIP", "Thanks."),
        new EscrowEvent.Tipped(TASK, "buyer", AMOUNT, "USDC", "agent", TASK, "BONUS", null),
        new EscrowEvent.StateAsked(TASK, Instant.EPOCH, AMOUNT, "USDC"),
        settled("agent"),
        settled(null));
  }

  @ParameterizedTest
  @MethodSource("events")
  void eventKeepsItsContract(EscrowEvent event) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    new JsonRules().customize(mapper);

    Contracts.assertKept(event.type(), mapper.writeValueAsString(event));
  }

  @Test
  void everyKindOfEventIsChecked() {
    Set<Class<?>> checked = events().map(Object::getClass).collect(Collectors.toSet());

    assertThat(checked).containsExactlyInAnyOrder(EscrowEvent.class.getPermittedSubclasses());
  }

  private static EscrowEvent settled(@Nullable String payee) {
    return new EscrowEvent.Settled(
        TASK,
        "buyer",
        AMOUNT,
        "USDC",
        payee,
        TASK,
        "SPLIT",
        new BigDecimal("33.5"),
        AMOUNT,
        AMOUNT,
        AMOUNT);
  }
}
