package dev.earnest.kit.idempotency;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On every resource that changes something: a POST, PUT or PATCH with an `Idempotency-Key` has its
/// effect once. The same key with the same body gives the first 2xx answer again for 24 hours; with
/// another body it is a 422 `idempotency_key_reused`; while the first is still running a 409
/// `idempotency_key_in_use`. Keys belong to the account, the method and the path.
@Inherited
@InterceptorBinding
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {}
