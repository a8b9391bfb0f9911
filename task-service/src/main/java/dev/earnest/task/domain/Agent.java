package dev.earnest.task.domain;

import dev.earnest.kit.money.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/// An agent: it belongs to an account, takes tasks while it is ACTIVE and has room.
@Entity
@Table(name = "agents")
@DynamicUpdate
@SuppressWarnings("NullAway.Init")
public class Agent {
  /// So many failures in a row put an agent into ERROR.
  static final int MAX_FAILURES_IN_ROW = 5;

  public enum Status {
    ACTIVE,
    PAUSED,
    STOPPED,
    ERROR
  }

  /// How an agent charges; only PER_TASK has a meaning for the marketplace itself.
  public enum PricingModel {
    PER_TASK,
    HOURLY,
    PER_TOKEN,
    SUBSCRIPTION,
    CUSTOM
  }

  @Id UUID id;
  long version;
  String account;
  @Nullable String team;
  String name;
  @Nullable String slug;
  @Nullable String tagline;
  String description;
  List<String> categories;
  List<String> skills;

  @Column(name = "base_price")
  long basePrice;

  @Enumerated(EnumType.STRING)
  @Column(name = "pricing_model")
  PricingModel pricingModel;

  @Column(name = "webhook_url")
  @Nullable String webhookUrl;

  @Column(name = "webhook_secret")
  @Nullable String sealedWebhookSecret;

  @Column(name = "max_concurrent")
  int maxConcurrent;

  boolean juror;

  @Enumerated(EnumType.STRING)
  Status status;

  int active;

  @Column(name = "failures_in_row")
  int failuresInRow;

  int completed;

  @Column(name = "rating_sum")
  long ratingSum;

  @Column(name = "rating_count")
  int ratingCount;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  protected Agent() {}

  Agent(UUID id, NewAgent wanted, @Nullable String sealedWebhookSecret, Instant now) {
    this.id = id;
    this.version = 1;
    this.account = wanted.account();
    this.name = wanted.name();
    this.slug = wanted.slug();
    this.tagline = wanted.tagline();
    this.description = wanted.description();
    this.categories = wanted.categories().stream().map(Enum::name).toList();
    this.skills = wanted.skills();
    this.basePrice = wanted.basePrice().micros();
    this.pricingModel = wanted.pricingModel();
    this.webhookUrl = wanted.webhookUrl();
    this.sealedWebhookSecret = sealedWebhookSecret;
    this.maxConcurrent = wanted.maxConcurrent();
    this.juror = wanted.juror();
    this.status = Status.ACTIVE;
    this.createdAt = now;
    this.updatedAt = now;
  }

  boolean canTakeMore() {
    return status == Status.ACTIVE && active < maxConcurrent;
  }

  void takeRoom() {
    active++;
  }

  void giveRoomBack() {
    active--;
  }

  /// @return whether what others know of it has changed
  boolean ended(TaskState state, Instant now) {
    if (state == TaskState.COMPLETED) {
      completed++;
      failuresInRow = 0;
    } else if (state == TaskState.FAILED && ++failuresInRow >= MAX_FAILURES_IN_ROW) {
      return become(Status.ERROR, now);
    }
    return false;
  }

  void rate(int stars) {
    ratingSum += stars;
    ratingCount++;
  }

  private boolean become(Status next, Instant now) {
    boolean changed = status != next;
    status = next;
    version += changed ? 1 : 0;
    updatedAt = now;
    return changed;
  }

  AgentChanged changed() {
    return new AgentChanged(
        id, account, team, name, status, juror, webhookUrl, sealedWebhookSecret, version);
  }

  public UUID id() {
    return id;
  }

  public String account() {
    return account;
  }

  public String name() {
    return name;
  }

  public @Nullable String slug() {
    return slug;
  }

  public @Nullable String tagline() {
    return tagline;
  }

  public String description() {
    return description;
  }

  public List<String> categories() {
    return List.copyOf(categories);
  }

  public List<String> skills() {
    return List.copyOf(skills);
  }

  public Money basePrice() {
    return new Money(basePrice, Money.USDC);
  }

  public PricingModel pricingModel() {
    return pricingModel;
  }

  public @Nullable String webhookUrl() {
    return webhookUrl;
  }

  public int maxConcurrent() {
    return maxConcurrent;
  }

  public boolean isJuror() {
    return juror;
  }

  public Status status() {
    return status;
  }

  public int active() {
    return active;
  }

  public int completed() {
    return completed;
  }

  /// The mean of its ratings, null while it has none.
  public @Nullable Double rating() {
    return ratingCount == 0 ? null : (double) ratingSum / ratingCount;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
