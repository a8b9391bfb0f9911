package dev.earnest.local.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssuerTest {
  @TempDir Path folder;

  @Test
  void tokenSaysWhoMayDoWhat() throws Exception {
    var claims = verify(issuer().issue(TokenRequest.of("alice", "buyer", "admin")));

    assertThat(claims.getSubject()).isEqualTo("alice");
    assertThat(claims.getStringClaimValue("upn")).isEqualTo("alice");
    assertThat(claims.getStringClaimValue("email")).isEqualTo("alice@local");
    assertThat(claims.getClaimValue("email_verified", Boolean.class)).isTrue();
    assertThat(claims.getStringListClaimValue("groups")).containsExactly("buyer", "admin");
    assertThat(claims.getJwtId()).isNotBlank();
    assertThat(claims.getIssuedAt()).isNotNull();
  }

  @Test
  void expiredForeignAndUnsignedTokensAreRefused() {
    var alice = TokenRequest.of("alice", "buyer");
    var issuer = issuer();
    assertRefused(issuer.issue(alice.lifetime(Duration.ofSeconds(-1))));
    assertRefused(issuer.issue(alice.audience("elsewhere")));
    assertRefused(issuer.issue(alice.issuer("https://elsewhere")));
    assertRefused(TokenIssuer.unsigned(alice));
    assertRefused(
        new TokenIssuer(SigningKeys.in(folder.resolve("other")).privateKey()).issue(alice));
  }

  @Test
  void keysAreMadeOnceAndOnlyTheOwnerReadsThem() throws Exception {
    var first = SigningKeys.in(folder).privateKey();
    assertThat(SigningKeys.in(folder).privateKey()).isEqualTo(first);
    var permissions = Files.getPosixFilePermissions(folder.resolve("private.pem"));
    assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
  }

  private TokenIssuer issuer() {
    return new TokenIssuer(SigningKeys.in(folder).privateKey());
  }

  private void assertRefused(String token) {
    assertThatThrownBy(() -> verify(token)).isInstanceOf(InvalidJwtException.class);
  }

  private JwtClaims verify(String token) throws Exception {
    return new JwtConsumerBuilder()
        .setVerificationKey(publicKey())
        .setExpectedIssuer("https://earnest.local")
        .setExpectedAudience("earnest")
        .setRequireExpirationTime()
        .build()
        .processToClaims(token);
  }

  private PublicKey publicKey() throws Exception {
    var pem =
        Files.readString(SigningKeys.in(folder).publicKeyFile())
            .replaceAll("-----[A-Z ]+-----", "");
    var encoded = Base64.getMimeDecoder().decode(pem.strip());
    return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
  }
}
