package dev.earnest.kit.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What the installation's secret (`EARNEST_SECRET`, 32 bytes in Base64, the same for all services)
/// is good for: secrets that must be read again are stored and sent as AES-256-GCM only, and what a
/// caller must not forge is signed.
@ApplicationScoped
public class Secrets {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final byte[] master;

  public Secrets(@ConfigProperty(name = "earnest.secret") String secret) {
    byte[] key = Base64.getDecoder().decode(secret);
    if (key.length != KEY_BYTES) {
      throw new IllegalStateException("EARNEST_SECRET must be 32 bytes in Base64");
    }
    this.master = key;
  }

  /// Encrypts; the nonce comes first, all in Base64.
  public String seal(String clear) {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, clear.getBytes(StandardCharsets.UTF_8));
    byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
    System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
    return Base64.getEncoder().encodeToString(whole);
  }

  /// @throws IllegalStateException when it was not sealed with this installation's secret
  public String open(String sealed) {
    byte[] whole = Base64.getDecoder().decode(sealed);
    byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
    byte[] body = Arrays.copyOfRange(whole, NONCE_BYTES, whole.length);
    return new String(crypt(Cipher.DECRYPT_MODE, nonce, body), StandardCharsets.UTF_8);
  }

  /// HMAC-SHA-256 with a key of its own for each purpose.
  public byte[] mac(String purpose, byte[] message) {
    return hmac(hmac(master, purpose.getBytes(StandardCharsets.UTF_8)), message);
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] body) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      byte[] key = mac("seal", new byte[0]);
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal or open a secret", e);
    }
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
