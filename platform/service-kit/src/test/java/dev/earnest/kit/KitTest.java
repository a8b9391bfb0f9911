package dev.earnest.kit;

import dev.earnest.testkit.RealStack;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A test of a running service that is nothing but the kit and a few probes, over a real PostgreSQL
/// and a real Kafka.
@QuarkusTest
@WithTestResource(
    value = RealStack.class,
    initArgs = @ResourceArg(name = "service", value = "task"))
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface KitTest {}
