package dev.earnest.dispute.domain;

import dev.earnest.kit.problem.Refusal;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/// Why a party is right, as it says.
@Entity
@Immutable
public class Evidence {
  @Id private UUID id;

  @Column(name = "dispute_id")
  private UUID disputeId;

  @Column(name = "submitted_by")
  private String submittedBy;

  @Enumerated(EnumType.STRING)
  private PartyRole role;

  private String description;

  @Column(name = "attachment_url")
  private @Nullable String attachmentUrl;

  private @Nullable String type;

  @Column(name = "submitted_at")
  private Instant submittedAt;

  @SuppressWarnings("NullAway.Init")
  protected Evidence() {}

  Evidence(UUID id, UUID disputeId, String by, PartyRole role, Claim claim, Instant at) {
    this.id = id;
    this.disputeId = disputeId;
    this.submittedBy = by;
    this.role = role;
    this.description = claim.description();
    this.attachmentUrl = claim.attachmentUrl();
    this.type = claim.type();
    this.submittedAt = at;
  }

  /// What a party submits.
  ///
  /// @param attachmentUrl where it can be looked at, http or https
  /// @param type what kind of thing it is, in the party's own word
  ///
  /// @throws Refusal 400 when the URL is none
  public record Claim(String description, @Nullable String attachmentUrl, @Nullable String type) {
    public Claim {
      if (attachmentUrl != null && !isWebAddress(attachmentUrl)) {
        throw Refusal.invalid("attachmentUrl", "must be an http or https URL");
      }
    }

    private static boolean isWebAddress(String text) {
      try {
        URI uri = new URI(text);
        return uri.getHost() != null
            && ("https".equalsIgnoreCase(uri.getScheme())
                || "http".equalsIgnoreCase(uri.getScheme()));
      } catch (URISyntaxException _) {
        return false;
      }
    }
  }

  EvidenceSubmitted submitted(UUID taskId) {
    return new EvidenceSubmitted(
        disputeId, taskId, id, submittedBy, role, description, attachmentUrl, type);
  }

  public UUID id() {
    return id;
  }

  public String submittedBy() {
    return submittedBy;
  }

  public PartyRole role() {
    return role;
  }

  public String description() {
    return description;
  }

  public @Nullable String attachmentUrl() {
    return attachmentUrl;
  }

  public @Nullable String type() {
    return type;
  }

  public Instant submittedAt() {
    return submittedAt;
  }
}
