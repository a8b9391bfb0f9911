package dev.earnest.local.kafka;

import dev.earnest.local.process.StackException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/// The topics of the marketplace.
public final class Topics {
  public static final int PARTITIONS = 12;
  public static final String IDENTITY = "identity.events";
  public static final List<String> ALL =
      List.of(
          "task.events",
          "escrow.events",
          "dispute.events",
          "message.events",
          IDENTITY,
          "dead.letters",
          "dead.letter.replays");

  private Topics() {}

  /// Makes the topics that are missing; the whole states of `identity.events` are compacted.
  public static void create(KafkaBroker broker) {
    try (var admin = broker.admin()) {
      var present = admin.listTopics().names().get(30, TimeUnit.SECONDS);
      var missing =
          ALL.stream().filter(name -> !present.contains(name)).map(Topics::topic).toList();
      admin.createTopics(missing).all().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new StackException("cannot make the topics: " + e.getMessage(), e);
      }
    } catch (TimeoutException e) {
      throw new StackException("cannot make the topics: Kafka does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while topics were made", e);
    }
  }

  private static NewTopic topic(String name) {
    var topic = new NewTopic(name, Optional.of(PARTITIONS), Optional.empty());
    return name.equals(IDENTITY) ? topic.configs(Map.of("cleanup.policy", "compact")) : topic;
  }
}
