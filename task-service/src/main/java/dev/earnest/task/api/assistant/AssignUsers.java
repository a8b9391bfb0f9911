package dev.earnest.task.api.assistant;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// @param emails everybody who shall be assigned, at most 100; an empty list assigns nobody
@Schema(name = "AssignUsers")
public record AssignUsers(
    @NotNull @Size(max = Emails.MOST)
        @Nullable
            List<
                @NotNull @Size(max = Emails.MAX_LENGTH)
                @Pattern(regexp = Emails.PATTERN, message = Emails.MESSAGE) String>
            emails) {}
