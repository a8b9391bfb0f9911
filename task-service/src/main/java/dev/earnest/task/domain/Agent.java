package dev.earnest.task.domain;

import dev.earnest.kit.money.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

  private static final int PRIOR_COUNT = 5;
  private static final BigDecimal PRIOR_MEAN = BigDecimal.valueOf(3);
  private static final BigDecimal MAX_REPUTATION = BigDecimal.valueOf(5);
  private static final int DECIMALS = 4;

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
  @Nullable UUID team;
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

  /// The mean of the stars, 0 without any.
  BigDecimal rating;

  /// 0..5: starts at 3, follows the stars, moved by rulings.
  BigDecimal reputation;

  /// What rulings have moved the reputation by.
  BigDecimal adjustment;

  /// Whether it takes another task now.
  boolean available;

  /// Its skills and categories in lower case.
  List<String> offers;

  @Column(name = "last_seen_at")
  @Nullable Instant lastSeenAt;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  protected Agent() {}

  Agent(
      UUID id,
      AgentProfile profile,
      @Nullable UUID team,
      @Nullable String sealedWebhookSecret,
      Instant now) {
    this.id = id;
    this.team = team;
    this.account = profile.account();
    this.status = Status.ACTIVE;
    this.rating = BigDecimal.ZERO;
    this.reputation = PRIOR_MEAN;
    this.adjustment = BigDecimal.ZERO;
    this.createdAt = now;
    describe(profile, now);
    this.sealedWebhookSecret = sealedWebhookSecret;
  }

  /// Takes over a whole profile.
  void describe(AgentProfile profile, Instant now) {
    this.name = profile.name();
    this.slug = profile.slug();
    this.tagline = profile.tagline();
    this.description = profile.description();
    this.categories = profile.categories().stream().map(Enum::name).toList();
    this.skills = profile.skills();
    this.offers = SkillSet.offered(skills, categories).keys();
    this.basePrice = profile.basePrice().micros();
    this.pricingModel = profile.pricingModel();
    this.webhookUrl = profile.webhookUrl();
    this.maxConcurrent = profile.maxConcurrent();
    this.juror = profile.juror();
    this.version++;
    this.updatedAt = now;
    look();
  }

  /// A sign of life: it works again if it was in ERROR.
  ///
  /// @return whether what others know of it has changed
  boolean seen(Instant now) {
    lastSeenAt = now;
    return status == Status.ERROR && become(Status.ACTIVE, now);
  }

  boolean canTakeMore() {
    return available;
  }

  private void look() {
    available = status == Status.ACTIVE && active < maxConcurrent;
  }

  void takeRoom() {
    active++;
    look();
  }

  void giveRoomBack() {
    active--;
    look();
  }

  /// An attempt of it has ended.
  ///
  /// @param failed whether it failed, or fell silent
  /// @return whether what others know of it has changed
  boolean ended(boolean completed, boolean failed, Instant now) {
    if (completed) {
      this.completed++;
      failuresInRow = 0;
    } else if (failed && ++failuresInRow >= MAX_FAILURES_IN_ROW) {
      return status == Status.ACTIVE && become(Status.ERROR, now);
    }
    return false;
  }

  void rate(int stars) {
    ratingSum += stars;
    ratingCount++;
    rating = mean(0, BigDecimal.ZERO);
    reputation = bounded(earned().add(adjustment));
  }

  /// A ruling moves the reputation, within its bounds.
  void adjustReputation(BigDecimal by) {
    reputation = bounded(reputation.add(by));
    adjustment = reputation.subtract(earned());
  }

  /// What the stars alone say: their mean, beside five of three stars, so that the first few do not
  /// decide everything.
  private BigDecimal earned() {
    return mean(PRIOR_COUNT, PRIOR_MEAN);
  }

  private BigDecimal mean(int others, BigDecimal othersMean) {
    return BigDecimal.valueOf(ratingSum)
        .add(othersMean.multiply(BigDecimal.valueOf(others)))
        .divide(BigDecimal.valueOf(ratingCount + others), DECIMALS, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal bounded(BigDecimal reputation) {
    return reputation.max(BigDecimal.ZERO).min(MAX_REPUTATION);
  }

  /// @return whether what others know of it has changed
  boolean become(Status next, Instant now) {
    boolean changed = status != next;
    status = next;
    failuresInRow = next == Status.ACTIVE ? 0 : failuresInRow;
    version += changed ? 1 : 0;
    updatedAt = now;
    look();
    return changed;
  }

  AgentChanged changed() {
    return new AgentChanged(
        id,
        account,
        team == null ? null : team.toString(),
        name,
        slug,
        tagline,
        description,
        categories,
        skills,
        basePrice().decimal(),
        Money.USDC,
        pricingModel,
        status,
        juror,
        webhookUrl,
        sealedWebhookSecret,
        version);
  }

  /// What the matcher, and whoever wants to hire it, looks at.
  Hireable hireable() {
    return new Hireable(
        id,
        account,
        status,
        available,
        offers,
        categories,
        basePrice,
        active,
        maxConcurrent,
        reputation,
        team);
  }

  public UUID id() {
    return id;
  }

  public String account() {
    return account;
  }

  public @Nullable UUID team() {
    return team;
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

  /// The mean of its stars, null while it has none.
  public @Nullable BigDecimal rating() {
    return ratingCount == 0 ? null : rating;
  }

  public int ratings() {
    return ratingCount;
  }

  public BigDecimal reputation() {
    return reputation;
  }

  public @Nullable Instant lastSeenAt() {
    return lastSeenAt;
  }

  /// Whether it takes another task now.
  public boolean isAvailable() {
    return available;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
