package dev.earnest.system.faults;

import dev.earnest.local.Detour;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The links between the parts of a stack, by name: `task-service-2 → postgres`.
final class Links implements Detour, Closeable {
  private final Map<String, Link> links = new ConcurrentHashMap<>();

  static String name(String from, String to) {
    return from + " → " + to;
  }

  @Override
  public int port(String from, String to, int port) {
    Link link = links.computeIfAbsent(name(from, to), _ -> new Link(port));
    link.lead(port);
    return link.port();
  }

  /// @throws IllegalArgumentException when nothing was led through one of this name
  Link get(String name) {
    Link link = links.get(name);
    if (link == null) {
      throw new IllegalArgumentException("no link " + name + " among " + links.keySet());
    }
    return link;
  }

  void heal() {
    links.values().forEach(Link::heal);
  }

  @Override
  public void close() throws IOException {
    for (Link link : links.values()) {
      link.close();
    }
  }
}
