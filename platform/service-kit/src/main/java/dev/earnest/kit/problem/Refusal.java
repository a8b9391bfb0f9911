package dev.earnest.kit.problem;

import java.util.List;

/// A request that is refused: by the state of things, by the rules, or because it makes no sense.
/// It carries the HTTP status and the stable code of the problem document it becomes (RFC 9457).
/// Thrown before anything is written, so it costs no stack trace.
public class Refusal extends RuntimeException {
  private final int status;
  private final String code;
  private final List<FieldError> errors;

  public Refusal(int status, String code, String detail, List<FieldError> errors) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  public Refusal(int status, String code, String detail) {
    this(status, code, detail, List.of());
  }

  /// 400: one field of the request makes no sense.
  public static Refusal invalid(String field, String detail) {
    return new Refusal(
        400, "validation_failed", field + ": " + detail, List.of(new FieldError(field, detail)));
  }

  /// 404: it does not exist, or not for this caller; the two are told alike.
  public static Refusal notFound(String what) {
    return new Refusal(404, "not_found", "There is no such " + what + ".");
  }

  /// 403: the caller may see it but not do this.
  public static Refusal forbidden(String detail) {
    return new Refusal(403, "forbidden", detail);
  }

  /// 409: the state of things does not allow it.
  public static Refusal conflict(String code, String detail) {
    return new Refusal(409, code, detail);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public List<FieldError> errors() {
    return errors;
  }
}
