package dev.earnest.testkit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tokens put together by hand, to be wrong in exactly one thing.
public final class Forgery {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Forgery() {}

  /// A PEM file: what everybody may know.
  public static Path publicKey() {
    return TestStack.keys().publicKeyFile();
  }

  /// The claims of a good token, without the closing brace.
  public static String claims(String account) {
    return claims(account, Duration.ofMinutes(10));
  }

  public static String claims(String account, Duration lifetime) {
    var now = Instant.now();
    return String.format(
        Locale.ROOT,
        """
        {"iss": "https://earnest.local", "aud": "earnest", "sub": "%s", "upn": "%s",
         "groups": ["buyer"], "iat": %d, "exp": %d, "jti": "1\"\
        """,
        account,
        account,
        now.minusSeconds(600).getEpochSecond(),
        now.plus(lifetime).getEpochSecond());
  }

  /// Signed (RS256) with the installation's own key.
  public static String signed(String header, String claims) {
    return signed(header, claims, TestStack.keys().privateKey());
  }

  /// Signed as the kind of key signs: RS256 or ES256.
  public static String signed(String header, String claims, PrivateKey key) {
    try {
      var signature =
          Signature.getInstance(
              key.getAlgorithm().equals("EC") ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(signedPart(header, claims).getBytes(StandardCharsets.US_ASCII));
      return signedPart(header, claims) + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// HS256, with a secret that anybody may know.
  public static String withSecret(String header, String claims, byte[] secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return signedPart(header, claims)
          + "."
          + BASE64.encodeToString(
              mac.doFinal(signedPart(header, claims).getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signedPart(String header, String claims) {
    return encoded(header) + "." + encoded(claims);
  }

  private static String encoded(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
