package dev.earnest.system.faults;

import dev.earnest.system.OwnStack;
import dev.earnest.system.faults.Fault.Kind;
import java.util.List;
import java.util.Random;

/// What goes wrong, one thing after the other, in two rows that run beside each other: what happens
/// to processes, and what happens between them. The same seed makes the same plan.
final class Plan {
  static final String GATEWAY = "gateway";
  static final String KAFKA = "kafka";
  static final String POSTGRES = "postgres";
  static final String CLIENTS = "clients";
  private static final int MOST_REPLICAS = 3;
  private static final List<String> TOPICS =
      List.of("task.events", "escrow.events", "dispute.events");

  private final Random processes;
  private final Random links;
  private int replicas;

  /// @param replicas of each service, at first
  Plan(long seed, int replicas) {
    this.replicas = replicas;
    processes = new Random(seed);
    links = new Random(~seed);
  }

  /// What happens next to a process.
  Fault nextOfProcesses() {
    int dice = processes.nextInt(100);
    if (dice < 34) {
      return new Fault(Kind.KILL, service(), 200 + processes.nextInt(3_000));
    } else if (dice < 42) {
      return new Fault(Kind.KILL, KAFKA, 200 + processes.nextInt(15_000));
    } else if (dice < 50) {
      return new Fault(Kind.KILL, POSTGRES, 200 + processes.nextInt(5_000));
    } else if (dice < 74) {
      return new Fault(Kind.PAUSE, service(), 200 + processes.nextInt(8_000));
    } else if (dice < 81) {
      return new Fault(Kind.PAUSE, KAFKA, 200 + processes.nextInt(8_000));
    } else if (dice < 88) {
      return new Fault(Kind.PAUSE, POSTGRES, 200 + processes.nextInt(5_000));
    } else if (dice < 97) {
      return new Fault(Kind.CLOCK, "services", 1 + processes.nextInt(60));
    }
    replicas = 1 + processes.nextInt(MOST_REPLICAS);
    return new Fault(Kind.ROLL, any(processes, OwnStack.SERVICES), replicas);
  }

  /// What happens next between processes.
  Fault nextOfLinks() {
    int dice = links.nextInt(100);
    if (dice < 30) {
      return new Fault(Kind.CUT, link(), 100 + links.nextInt(4_000));
    } else if (dice < 60) {
      return new Fault(Kind.DELAY, link(), 5 + links.nextInt(300));
    } else if (dice < 85) {
      return new Fault(Kind.DROP, link(), 1);
    }
    return new Fault(Kind.REPEAT, any(links, TOPICS), 10 + links.nextInt(200));
  }

  /// One of the replicas that there are.
  private String service() {
    int number = 1 + processes.nextInt(replicas);
    return replica(any(processes, OwnStack.SERVICES), number);
  }

  /// The name of a service's replica as a part of the stack.
  static String replica(String service, int number) {
    return number == 1 ? service : service + "-" + number;
  }

  /// Of the services, the first replica: the others come and go.
  private String link() {
    int dice = links.nextInt(10);
    if (dice < 2) {
      return Links.name(CLIENTS, GATEWAY);
    }
    return dice < 5
        ? Links.name(CLIENTS, KAFKA)
        : Links.name(any(links, OwnStack.SERVICES), POSTGRES);
  }

  private static String any(Random random, List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
