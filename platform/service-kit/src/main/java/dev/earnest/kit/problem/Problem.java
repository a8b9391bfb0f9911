package dev.earnest.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every error's shape: a problem document of RFC 9457 with a stable `code`, and `errors` where
/// fields failed validation. Answers under `/api/v1` also say `success: false` and `error`.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String code,
    @Nullable List<FieldError> errors,
    @Nullable String state,
    @Nullable Boolean success,
    @Nullable String error) {}
