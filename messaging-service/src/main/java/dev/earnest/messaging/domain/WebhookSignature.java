package dev.earnest.messaging.domain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs as the Standard Webhooks specification says: HMAC-SHA-256 over `id.timestamp.body`, one
/// `v1,` signature for each valid key, separated by spaces; a receiver is content with any of them.
final class WebhookSignature {
  private static final String PREFIX = "whsec_";

  private WebhookSignature() {}

  static String of(List<String> secrets, String id, long timestamp, String body) {
    byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
    return secrets.stream()
        .flatMap(secret -> keys(secret).stream())
        .map(key -> "v1," + Base64.getEncoder().encodeToString(hmac(key, signed)))
        .collect(Collectors.joining(" "));
  }

  /// `whsec_` says that Base64 follows. A secret that its owner made up may be meant as text or as
  /// Base64, and libraries differ: it signs as both.
  private static List<byte[]> keys(String secret) {
    List<byte[]> keys = new ArrayList<>();
    boolean prefixed = secret.startsWith(PREFIX);
    if (!prefixed) {
      keys.add(secret.getBytes(StandardCharsets.UTF_8));
    }
    try {
      byte[] decoded =
          Base64.getDecoder().decode(prefixed ? secret.substring(PREFIX.length()) : secret);
      if (decoded.length > 0) {
        keys.add(decoded);
      }
    } catch (IllegalArgumentException _) {
      if (prefixed) {
        keys.add(secret.getBytes(StandardCharsets.UTF_8));
      }
    }
    return keys;
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no HMAC-SHA-256", e);
    }
  }
}
