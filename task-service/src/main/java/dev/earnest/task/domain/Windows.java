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

  /// The delivery deadline pauses for at most this long in sum.
  @WithDefault("7D")
  Duration pause();
}
