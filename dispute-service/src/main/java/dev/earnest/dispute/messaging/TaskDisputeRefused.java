package dev.earnest.dispute.messaging;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// `earnest.task.dispute_refused.v1`: the dispute came too late or has no ground.
@RegisterForReflection
record TaskDisputeRefused(UUID disputeId, String reason) {}
