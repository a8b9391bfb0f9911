package dev.earnest.task.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The skills that a task asks for, or an agent offers, as they are compared: in lower case, each
/// once, in order.
record SkillSet(List<String> keys) {
  /// What a task asks for: all of it is needed.
  static SkillSet asked(List<String> requiredSkills, @Nullable String capability) {
    return of(Stream.concat(requiredSkills.stream(), Stream.ofNullable(capability)));
  }

  /// Where a task is looked for: under all that it asks for, or under its category where it asks for
  /// nothing in particular.
  static SkillSet sought(Brief brief) {
    SkillSet asked = asked(brief.requiredSkills(), brief.capability());
    return asked.keys.isEmpty() && brief.category() != null && brief.category() != Category.OTHER
        ? of(Stream.of(brief.category().name()))
        : asked;
  }

  /// What an agent offers: its skills, and its categories as the broader ones.
  static SkillSet offered(Collection<String> skills, Collection<String> categories) {
    return of(Stream.concat(skills.stream(), categories.stream()));
  }

  private static SkillSet of(Stream<String> skills) {
    return new SkillSet(skills.map(SkillSet::key).distinct().sorted().toList());
  }

  static String key(String skill) {
    return skill.strip().toLowerCase(Locale.ROOT);
  }

  boolean covers(SkillSet asked) {
    return keys.containsAll(asked.keys);
  }

  /// Names the set: the first 128 bits of the SHA-256 of its keys.
  UUID id() {
    try {
      byte[] text = String.join("\n", keys).getBytes(StandardCharsets.UTF_8);
      ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text));
      return new UUID(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-256", e);
    }
  }
}
