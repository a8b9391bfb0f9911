package dev.earnest.dispute;

import dev.earnest.testkit.RealStack;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A test of the running service over a real PostgreSQL and a real Kafka; all of them share one run.
@QuarkusTest
@WithTestResource(
    value = RealStack.class,
    initArgs = @ResourceArg(name = "service", value = "dispute"))
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface DisputeServiceTest {}
