package dev.earnest.task.domain;

import dev.earnest.kit.event.AfterCommit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tells those who wait in this process what has become possible, once it is committed. What other
/// replicas commit is not heard here: whoever waits looks by itself now and then.
@ApplicationScoped
class Signals {
  private final AfterCommit afterCommit;
  private final Bell waitingWork = new Bell();
  private final Bell claimableWork = new Bell();
  private final Map<UUID, Bell> watched = new ConcurrentHashMap<>();
  private final Set<UUID> agentsWithRoom = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  Signals(AfterCommit afterCommit) {
    this.afterCommit = afterCommit;
  }

  /// For the dispatcher: a task or an agent waits.
  Bell waitingWork() {
    return waitingWork;
  }

  /// For agents that wait for something to claim.
  Bell claimableWork() {
    return claimableWork;
  }

  /// For those who wait for one task's end, until they [#unwatch] it.
  Bell watch(UUID task) {
    return watched.computeIfAbsent(task, _ -> new Bell());
  }

  void unwatch(UUID task) {
    watched.remove(task);
  }

  void agentHasRoom(UUID agent) {
    afterCommit.run(() -> {
      agentsWithRoom.add(agent);
      waitingWork.ring();
    });
  }

  /// Agents that got room since this was asked last.
  Set<UUID> takeAgentsWithRoom() {
    Set<UUID> taken = new HashSet<>(agentsWithRoom);
    agentsWithRoom.removeAll(taken);
    return taken;
  }

  void changed(Task task) {
    boolean matching = task.state == TaskState.MATCHING;
    boolean claimable = task.isClaimable();
    boolean over = task.state.isFinal() && watched.containsKey(task.id);
    if (matching || claimable || over) {
      UUID id = task.id;
      afterCommit.run(() -> ring(matching, claimable, over ? id : null));
    }
  }

  private void ring(boolean matching, boolean claimable, @Nullable UUID over) {
    if (matching) {
      waitingWork.ring();
    }
    if (claimable) {
      claimableWork.ring();
    }
    @Nullable Bell bell = over == null ? null : watched.get(over);
    if (bell != null) {
      bell.ring();
    }
  }

  /// Whether the service stops: nobody should wait any more.
  boolean isClosing() {
    return closing;
  }

  void close() {
    closing = true;
    waitingWork.ring();
    claimableWork.ring();
    watched.values().forEach(Bell::ring);
  }
}
