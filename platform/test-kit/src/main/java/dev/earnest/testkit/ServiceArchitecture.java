package dev.earnest.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// The shape of every service: `domain` knows neither `api` nor `messaging`, and those two never
/// see each other; no service sees another's code; whatever changes something is idempotent, every
/// endpoint says which scope it requires, and what it answers with.
public final class ServiceArchitecture {
  private static final String SCOPE = "dev.earnest.kit.security.RequiresScope";
  private static final String PRODUCES = "jakarta.ws.rs.Produces";

  private ServiceArchitecture() {}

  /// @param service the service's package, such as `dev.earnest.task`
  public static void check(String service) {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(service);
    String domain = service + ".domain..";
    String api = service + ".api..";
    String messaging = service + ".messaging..";
    forbid(domain, api, classes);
    forbid(domain, messaging, classes);
    forbid(api, messaging, classes);
    forbid(messaging, api, classes);
    methods()
        .that()
        .areAnnotatedWith("jakarta.ws.rs.POST")
        .or()
        .areAnnotatedWith("jakarta.ws.rs.PUT")
        .or()
        .areAnnotatedWith("jakarta.ws.rs.PATCH")
        .should()
        .beDeclaredInClassesThat()
        .areAnnotatedWith("dev.earnest.kit.idempotency.Idempotent")
        .allowEmptyShould(true)
        .check(classes);
    methods()
        .that()
        .areAnnotatedWith("jakarta.ws.rs.GET")
        .or()
        .areAnnotatedWith("jakarta.ws.rs.POST")
        .or()
        .areAnnotatedWith("jakarta.ws.rs.PUT")
        .or()
        .areAnnotatedWith("jakarta.ws.rs.PATCH")
        .or()
        .areAnnotatedWith("jakarta.ws.rs.DELETE")
        .should()
        .beAnnotatedWith(SCOPE)
        .orShould()
        .beDeclaredInClassesThat()
        .areAnnotatedWith(SCOPE)
        .check(classes);
    // an answer without a type would be written as whatever the request accepts
    methods()
        .that()
        .haveRawReturnType("jakarta.ws.rs.core.Response")
        .and()
        .arePublic()
        .should()
        .beAnnotatedWith(PRODUCES)
        .orShould()
        .beDeclaredInClassesThat()
        .areAnnotatedWith(PRODUCES)
        .allowEmptyShould(true)
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage(service + "..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to another service",
                other ->
                    other.getPackageName().startsWith("dev.earnest.")
                        && !other.getPackageName().startsWith("dev.earnest.kit")
                        && !other.getPackageName().startsWith(service)))
        .check(classes);
  }

  private static void forbid(String from, String to, JavaClasses classes) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(to)
        .check(classes);
  }
}
