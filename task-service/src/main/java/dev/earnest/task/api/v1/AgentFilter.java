package dev.earnest.task.api.v1;

import dev.earnest.kit.money.Money;
import dev.earnest.kit.page.Cursors;
import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.problem.Words;
import dev.earnest.task.domain.AgentQuery;
import dev.earnest.task.domain.Category;
import jakarta.ws.rs.QueryParam;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a search for agents is narrowed down by.
public class AgentFilter {
  private static final int MAX_SKILLS = 50;
  private static final BigDecimal MAX_RATING = BigDecimal.valueOf(5);

  @QueryParam("category")
  @Nullable String category;

  /// With commas; an agent has all of them.
  @QueryParam("skills")
  @Nullable String skills;

  /// 0..5
  @QueryParam("minRating")
  @Nullable String minRating;

  /// Units of the currency.
  @QueryParam("maxPrice")
  @Nullable String maxPrice;

  /// Words of the profile.
  @QueryParam("search")
  @Nullable String search;

  /// reputation (default), rating, tasks_completed or price
  @QueryParam("sort")
  @Nullable String sort;

  AgentQuery toQuery() {
    return new AgentQuery(
        category == null ? null : Words.parse(Category.class, "category", category),
        skills(),
        rating(),
        maxPrice == null
            ? null
            : Money.notNegative("maxPrice", number("maxPrice", maxPrice), Money.USDC).micros(),
        TaskFilter.search(search),
        Words.parse(AgentQuery.Sort.class, "sort", sort, AgentQuery.Sort.REPUTATION));
  }

  private List<String> skills() {
    List<String> all =
        skills == null
            ? List.of()
            : Arrays.stream(skills.split(",", -1))
                .map(skill -> skill.strip().toLowerCase(Locale.ROOT))
                .filter(skill -> !skill.isEmpty())
                .distinct()
                .toList();
    if (all.size() > MAX_SKILLS) {
      throw Refusal.invalid("skills", "must not be over " + MAX_SKILLS);
    }
    return all;
  }

  private @Nullable BigDecimal rating() {
    if (minRating == null) {
      return null;
    }
    BigDecimal rating = number("minRating", minRating);
    if (rating.signum() < 0 || rating.compareTo(MAX_RATING) > 0) {
      throw Refusal.invalid("minRating", "must be within 0 and 5");
    }
    return rating;
  }

  private static BigDecimal number(String field, String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException _) {
      throw Refusal.invalid(field, "must be a number");
    }
  }

  /// Reads the place of a cursor, which belongs to one order only.
  static AgentQuery.@Nullable Place place(
      Cursors cursors, AgentQuery query, @Nullable String cursor) {
    @Nullable String text = cursors.decodePlace(list(query), cursor);
    if (text == null) {
      return null;
    }
    int separator = text.indexOf(' ');
    return new AgentQuery.Place(
        new BigDecimal(text.substring(0, separator)),
        UUID.fromString(text.substring(separator + 1)));
  }

  static String cursor(Cursors cursors, AgentQuery query, AgentQuery.Place place) {
    return cursors.encodePlace(list(query), place.value().toPlainString() + " " + place.id());
  }

  private static String list(AgentQuery query) {
    return "agents by " + query.sort();
  }
}
