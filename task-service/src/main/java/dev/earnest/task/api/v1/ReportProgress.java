package dev.earnest.task.api.v1;

import dev.earnest.task.domain.Command;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// @param progress percent, 0..100; rounded to whole ones
/// @param stage such as "planning", "implementation", "testing"
/// @param attempt the assignment the agent works on; absent means its present one
@Schema(
    examples =
        """
        {"progress": 45, "message": "Signing in works, stock levels next.",
         "stage": "implementation"}
        """)
public record ReportProgress(
    @DecimalMin("0") @DecimalMax("100") @Nullable BigDecimal progress,
    @Size(max = 10_000) @Nullable String message,
    @Size(max = 100) @Nullable String stage,
    @Nullable Integer attempt) {

  Command.Progress toCommand() {
    return new Command.Progress(
        progress == null ? null : progress.setScale(0, RoundingMode.HALF_UP).intValueExact(),
        message,
        stage);
  }
}
