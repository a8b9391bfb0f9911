package dev.earnest.kit.idempotency;

/// The request was answered before: its first answer is given again and nothing else happens.
/// Thrown through the interceptors, so it costs no stack trace.
final class AnswerAgain extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String json;

  AnswerAgain(IdempotencyKeys.Answer answer) {
    super("answered before", null, false, false);
    this.status = answer.status();
    this.json = answer.json();
  }

  int status() {
    return status;
  }

  String json() {
    return json;
  }
}
