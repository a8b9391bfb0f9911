package dev.earnest.task.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.earnest.kit.json.JsonRules;
import dev.earnest.task.domain.Ruling;
import dev.earnest.testkit.Contracts;
import org.junit.jupiter.api.Test;

/// What task-service reads of others' events is in their contracts' examples.
class ConsumedContractTest {
  private final ObjectMapper json =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  ConsumedContractTest() {
    new JsonRules().customize(json);
  }

  @Test
  void refusedMoneySaysWhy() throws JsonProcessingException {
    assertThat(example("earnest.escrow.refused.v1", EscrowEvents.EscrowRefused.class).reason())
        .isEqualTo("insufficient_funds");
  }

  @Test
  void openedDisputeNamesItsOpener() throws JsonProcessingException {
    DisputeEvents.DisputeOpened opened =
        example("earnest.dispute.opened.v1", DisputeEvents.DisputeOpened.class);
    assertThat(opened.disputeId()).isNotNull();
    assertThat(opened.openedBy()).isEqualTo("buyer-1");
  }

  @Test
  void resolvedDisputeCarriesTheRuling() throws JsonProcessingException {
    DisputeEvents.DisputeResolved resolved =
        example("earnest.dispute.resolved.v1", DisputeEvents.DisputeResolved.class);
    assertThat(resolved.resolution()).isEqualTo(Ruling.Resolution.REFUND_BUYER);
    assertThat(resolved.refundPercentage()).isEqualByComparingTo("100");
  }

  private <T> T example(String type, Class<T> shape) throws JsonProcessingException {
    return json.readValue(Contracts.example(type), shape);
  }
}
