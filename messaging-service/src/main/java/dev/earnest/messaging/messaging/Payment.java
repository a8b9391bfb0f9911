package dev.earnest.messaging.messaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.earnest.kit.event.Event;
import dev.earnest.messaging.domain.Announcement;
import dev.earnest.messaging.domain.Announcement.Audience;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What this service reads of an event of escrow-service that moved, froze or refused money.
///
/// @param payer null where it is about something else
/// @param payee null while nobody is paid
@RegisterForReflection
record Payment(@Nullable String payer, @Nullable String payee) {
  private static final String REFUSED = "earnest.escrow.refused.v1";

  /// `earnest.escrow.held.v1` is the webhook `payment.held`. What a buyer lacks is the buyer's alone.
  static @Nullable Announcement announcement(Event event) {
    Payment payment = event.as(Payment.class);
    if (payment.payer() == null) {
      return null;
    }
    String what = Entries.type(event);
    String type = "payment." + what.substring(what.indexOf('.') + 1);
    ObjectNode shown = event.as(ObjectNode.class);
    shown.remove("taskId");
    return event.type().equals(REFUSED)
        ? Announcement.beside(
            type, false, new Audience.Only(List.of(payment.payer())), "payment", shown)
        : Announcement.beside(
            type, true, new Audience.Everybody(payment.accounts()), "payment", shown);
  }

  private List<String> accounts() {
    return Stream.of(payer, payee).flatMap(Stream::ofNullable).toList();
  }
}
