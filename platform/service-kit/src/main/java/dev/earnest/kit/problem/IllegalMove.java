package dev.earnest.kit.problem;

/// A command that the current state of a thing does not allow: 409 with that state.
public final class IllegalMove extends Refusal {
  private final String state;

  public IllegalMove(String code, String state, String detail) {
    super(409, code, detail);
    this.state = state;
  }

  public String state() {
    return state;
  }
}
