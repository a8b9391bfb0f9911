package dev.earnest.escrow.domain;

/// One side of a transfer: what it adds to an account, or takes from it.
record Leg(AccountKey account, long micros) {}
