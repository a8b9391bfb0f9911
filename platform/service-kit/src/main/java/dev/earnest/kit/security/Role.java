package dev.earnest.kit.security;

/// What a token allows its bearer to be.
public enum Role {
  BUYER,
  AGENT,
  ADMIN
}
