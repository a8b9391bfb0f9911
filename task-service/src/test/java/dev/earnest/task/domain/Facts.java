package dev.earnest.task.domain;

/// A task's standing, described in a test as far as the test cares: by default a funded direct hire,
/// nothing delivered yet, reviewed by its buyer.
final class Facts {
  private Mode mode = Mode.DIRECT;
  private Review review = Review.BUYER;
  private boolean funded = true;
  private boolean free;
  private Hiring hiring = Hiring.DIRECT;
  private boolean agentNamed = true;
  private boolean delivered;
  private boolean submitted;
  private int revisions;
  private boolean attemptsLeft = true;

  static Facts hire() {
    return new Facts();
  }

  Standing in(TaskState state) {
    return new Standing(
        state,
        mode,
        review,
        funded,
        free,
        hiring,
        agentNamed,
        delivered,
        submitted,
        revisions,
        attemptsLeft);
  }

  Facts open() {
    mode = Mode.OPEN;
    return this;
  }

  Facts withoutReview() {
    review = Review.NONE;
    return this;
  }

  Facts unfunded() {
    funded = false;
    return this;
  }

  Facts free() {
    free = true;
    return this;
  }

  Facts claimed() {
    hiring = Hiring.CLAIMED;
    return this;
  }

  Facts noAgent() {
    agentNamed = false;
    return this;
  }

  Facts delivered() {
    delivered = true;
    return this;
  }

  Facts submitted() {
    submitted = true;
    return this;
  }

  Facts revised(int times) {
    revisions = times;
    return delivered();
  }

  Facts lastAttempt() {
    attemptsLeft = false;
    return this;
  }
}
