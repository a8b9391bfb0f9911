package dev.earnest.local;

import java.util.OptionalInt;

/// What `./earnest up` was asked for; what is empty stays as it was, or gets its default.
///
/// @param gatewayPort taken as it is: when it is in use, `up` fails; 0 for any free one
/// @param replicas of every service
/// @param isNative runs the native programs
/// @param detour between services and what they lean on
public record UpOptions(
    OptionalInt gatewayPort, OptionalInt replicas, boolean isNative, Detour detour) {
  static final int GATEWAY_PORT = 8080;

  public static UpOptions defaults() {
    return new UpOptions(OptionalInt.empty(), OptionalInt.empty(), false, Detour.NONE);
  }

  public UpOptions port(int port) {
    return new UpOptions(OptionalInt.of(port), replicas, isNative, detour);
  }

  public UpOptions replicas(int count) {
    return new UpOptions(gatewayPort, OptionalInt.of(count), isNative, detour);
  }

  public UpOptions natively() {
    return new UpOptions(gatewayPort, replicas, true, detour);
  }

  public UpOptions by(Detour detour) {
    return new UpOptions(gatewayPort, replicas, isNative, detour);
  }
}
