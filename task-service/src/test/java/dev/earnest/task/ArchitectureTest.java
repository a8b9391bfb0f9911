package dev.earnest.task;

import dev.earnest.testkit.ServiceArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void domainKnowsNeitherDoorsNorKafkaAndThoseTwoNeverMeet() {
    ServiceArchitecture.check("dev.earnest.task");
  }
}
