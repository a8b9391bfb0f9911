package dev.earnest.kit.security;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What the caller's token must be good for: 403 `insufficient_scope` when it is restricted to other
/// things. On a method it takes the place of its class's.
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresScope {
  @Nonbinding
  Scope value();

  /// Whether it is about all that the account has: 403 for a key that is good for one team only.
  @Nonbinding
  boolean wholeAccount() default false;
}
