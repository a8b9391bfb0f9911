package dev.earnest.dispute;

import dev.earnest.testkit.ServiceArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void domainKnowsNeitherApiNorMessagingAndThoseNeverSeeEachOther() {
    ServiceArchitecture.check("dev.earnest.dispute");
  }
}
