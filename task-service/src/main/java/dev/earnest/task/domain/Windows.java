package dev.earnest.task.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long things may take. All of them can be set per installation.
@ConfigMapping(prefix = "earnest.task")
public interface Windows {
  /// A claim lasts this long after the agent's last sign of life.
  @WithDefault("15M")
  Duration lease();

  /// A hired agent delivers within this time, unless the buyer said otherwise.
  @WithDefault("7D")
  Duration delivery();

  /// A delivery that nobody reviewed is approved after this time.
  @WithDefault("48H")
  Duration review();

  /// Silence approves only so long after the review window's end: a dispute of its last moment may
  /// still be on its way from a service that was just restarted.
  @WithDefault("2M")
  Duration disputeGrace();

  /// The matcher looks this long for an agent.
  @WithDefault("10M")
  Duration matching();

  /// Open work that nobody claims expires after this time.
  @WithDefault("30D")
  Duration open();

  /// Proposals are taken so long, unless the buyer said otherwise (15..300 s, or a time of their
  /// own up to [#longestProposals] away).
  @WithDefault("60S")
  Duration proposals();

  @WithDefault("30D")
  Duration longestProposals();

  /// The matcher that found nobody looks again after this time, then after twice as long, and so on
  /// up to a minute. Agents that get room are offered work at once.
  @WithDefault("2S")
  Duration matchRetry();

  /// Whoever waits with a request (`?wait`, `Prefer: wait`, `execution_mode: sync`) waits at most
  /// this long.
  @WithDefault("60S")
  Duration longestWait();

  /// The delivery deadline pauses for at most this long in sum.
  @WithDefault("7D")
  Duration pause();
}
