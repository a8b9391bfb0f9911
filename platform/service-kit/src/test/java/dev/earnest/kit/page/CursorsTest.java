package dev.earnest.kit.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Secrets;
import dev.earnest.testkit.RealStack;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {
  private final Cursors cursors = new Cursors(new Secrets(RealStack.SECRET));
  private final UUID last = UUID.randomUUID();

  @Test
  void cursorComesBackAndNoneStartsAtTheBeginning() {
    assertThat(cursors.decode("tasks", cursors.encode("tasks", last))).isEqualTo(last);
    assertThat(cursors.decode("tasks", null)).isNull();
  }

  @Test
  void cursorOfAnotherListIsRefused() {
    assertRefused(cursors.encode("disputes", last));
  }

  @Test
  void cursorOfAnotherInstallationIsRefused() {
    String other = Base64.getEncoder().encodeToString(new byte[32]);
    assertRefused(new Cursors(new Secrets(other)).encode("tasks", last));
  }

  @Test
  void everyTamperedByteIsNoticed() {
    byte[] whole = Base64.getUrlDecoder().decode(cursors.encode("tasks", last));
    for (int i = 0; i < whole.length; i++) {
      byte[] tampered = whole.clone();
      tampered[i] ^= 1;
      assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(tampered));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "not base64!", "AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAA", "🙂"})
  void nonsenseIsRefused(String cursor) {
    assertRefused(cursor);
  }

  @Test
  void limitIsWithinItsBounds() {
    assertThat(Cursors.limit(null, 20)).isEqualTo(20);
    assertThat(Cursors.limit("1", 20)).isEqualTo(1);
    assertThat(Cursors.limit("100", 20)).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "101", "99999999999", "many", "", "1.5"})
  void limitOutOfBoundsIsRefused(String limit) {
    assertThatThrownBy(() -> Cursors.limit(limit, 20))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
  }

  private void assertRefused(String cursor) {
    assertThatThrownBy(() -> cursors.decode("tasks", cursor))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.code()).isEqualTo("bad_cursor");
            });
  }
}
