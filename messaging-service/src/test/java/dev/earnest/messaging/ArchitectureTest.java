package dev.earnest.messaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "dev.earnest.messaging";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void everythingIsInOneOfThreePackages() {
    classes()
        .should()
        .resideInAnyPackage(ROOT + ".domain", ROOT + ".api", ROOT + ".messaging")
        .check(CLASSES);
  }

  @Test
  void domainKnowsNeitherDoorNorKafka() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".domain")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".api", ROOT + ".messaging", "jakarta.ws.rs..", "org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void doorAndKafkaNeverSeeEachOther() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".api")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".messaging")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".messaging")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".api")
        .check(CLASSES);
  }

  @Test
  void otherServicesAreNotKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.earnest.task..", "dev.earnest.escrow..", "dev.earnest.dispute..")
        .check(CLASSES);
  }
}
