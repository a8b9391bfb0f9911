package dev.earnest.messaging;

import dev.earnest.testkit.ServiceArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void packagesKeepTheirPlaces() {
    ServiceArchitecture.check("dev.earnest.messaging");
  }
}
