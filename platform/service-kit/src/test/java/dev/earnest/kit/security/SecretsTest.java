package dev.earnest.kit.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.testkit.RealStack;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private final Secrets secrets = new Secrets(RealStack.SECRET);

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_abc", "Schlüssel 🙂"})
  void whatIsSealedIsOpened(String clear) {
    String sealed = secrets.seal(clear);
    assertThat(secrets.open(sealed)).isEqualTo(clear);
    assertThat(secrets.seal(clear)).isNotEqualTo(sealed);
  }

  @Test
  void everyTamperedByteIsNoticed() {
    byte[] whole = Base64.getDecoder().decode(secrets.seal("whsec_abc"));
    for (int i = 0; i < whole.length; i++) {
      byte[] tampered = whole.clone();
      tampered[i] ^= 1;
      String text = Base64.getEncoder().encodeToString(tampered);
      assertThatThrownBy(() -> secrets.open(text)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void anotherInstallationOpensNothing() {
    Secrets other = new Secrets(Base64.getEncoder().encodeToString(new byte[32]));
    String sealed = other.seal("whsec_abc");
    assertThatThrownBy(() -> secrets.open(sealed)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void macDiffersByPurposeAndMessage() {
    byte[] mac = secrets.mac("cursor", "a".getBytes(UTF_8));
    assertThat(secrets.mac("cursor", "a".getBytes(UTF_8))).isEqualTo(mac);
    assertThat(secrets.mac("ticket", "a".getBytes(UTF_8))).isNotEqualTo(mac);
    assertThat(secrets.mac("cursor", "b".getBytes(UTF_8))).isNotEqualTo(mac);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c2hvcnQ=", "not base64!"})
  void installationNeedsThirtyTwoBytes(String secret) {
    assertThatThrownBy(() -> new Secrets(secret)).isInstanceOf(RuntimeException.class);
  }
}
