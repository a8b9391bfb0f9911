package dev.earnest.escrow;

import dev.earnest.testkit.ServiceArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void domainKnowsNeitherDoorsNorKafkaAndThoseTwoNeverMeet() {
    ServiceArchitecture.check("dev.earnest.escrow");
  }
}
