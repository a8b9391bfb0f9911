package dev.earnest.task.domain;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.annotation.Annotation;
import com.networknt.schema.annotation.Annotations;
import com.networknt.schema.path.NodePath;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one verification may cost. Each keyword pays, before it works, for what it is about to look
/// at; a pattern for each character of text and each instruction; an error and an annotation for the
/// memory they take. When all is spent the verification ends there, on its own thread. A unit is
/// some ten nanoseconds of work, the whole a few seconds at worst; 1 MiB of ordinary output against
/// an ordinary schema takes a fraction of it. The count is the same on every machine.
final class VerificationEffort extends ExecutionContext {
  private static final long UNITS = 30_000_000;
  private static final long UNITS_PER_ERROR = 300;
  private static final long UNITS_PER_ANNOTATION = 100;
  private static final int MAX_DEPTH = 400;
  private static final long MAX_STEPS = 5_000_000;
  private static final ExecutionConfig CONFIG =
      ExecutionConfig.builder().formatAssertionsEnabled(true).maxEvaluationDepth(MAX_DEPTH).build();

  private final List<Error> certain = new ArrayList<>();
  private final Notes notes = new Notes();
  private final int enough;
  private long left = UNITS;

  VerificationEffort() {
    this(1);
  }

  /// @param enough the number of errors after which to look for no more
  VerificationEffort(int enough) {
    super(CONFIG);
    this.enough = enough;
    setErrors(certain);
  }

  /// Errors that no `anyOf`, `not` or the like can undo.
  List<Error> certain() {
    return certain;
  }

  void spend(long units) {
    left -= units;
    if (left < 0) {
      throw new Spent();
    }
  }

  /// Some keywords make errors, or take over those of others, without [#addError].
  void spendOnErrors(List<Error> errors, int before) {
    spend(UNITS_PER_ERROR * Math.max(0, errors.size() - before));
    endWithEnough();
  }

  @Override
  public void addError(Error error) {
    spend(UNITS_PER_ERROR);
    super.addError(error);
    endWithEnough();
  }

  private void endWithEnough() {
    if (certain.size() >= enough) {
      throw new Enough();
    }
  }

  /// Whoever asks looks through all that was noted about one place, at worst the most noted one.
  @Override
  public Annotations getAnnotations() {
    spend(notes.heaviest);
    return notes;
  }

  private final class Notes extends Annotations {
    private final Map<NodePath, Long> weights = new HashMap<>();
    private long heaviest;

    @Override
    public void put(Annotation annotation) {
      Object value = annotation.getValue();
      long size = value instanceof Collection<?> names ? names.size() : 0;
      spend(UNITS_PER_ANNOTATION + 20 * size);
      heaviest =
          Math.max(heaviest, weights.merge(annotation.getInstanceLocation(), 2 + size, Long::sum));
      super.put(annotation);
    }
  }

  /// All the effort is spent and the answer not yet known.
  static final class Spent extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Spent() {
      super(null, null, false, false);
    }
  }

  /// There are as many violations as anybody wants to read.
  static final class Enough extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Enough() {
      super(null, null, false, false);
    }
  }
}
