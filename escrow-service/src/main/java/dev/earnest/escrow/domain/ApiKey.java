package dev.earnest.escrow.domain;

import java.util.UUID;

/// The API key by which something is spent, with the caps that it came with.
public record ApiKey(UUID id, SpendCaps caps) {}
