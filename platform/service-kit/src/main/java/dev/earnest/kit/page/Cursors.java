package dev.earnest.kit.page;

import dev.earnest.kit.problem.Refusal;
import dev.earnest.kit.security.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Keyset cursors: opaque and signed, so that nobody builds on what is in them.
@ApplicationScoped
public class Cursors {
  /// The longest page of any list.
  public static final int MAX_LIMIT = 100;

  private static final int MAC_BYTES = 12;

  private final Secrets secrets;

  public Cursors(Secrets secrets) {
    this.secrets = secrets;
  }

  /// @param list the list the cursor belongs to; it opens no other
  public String encode(String list, UUID last) {
    return encodePlace(list, last.toString());
  }

  /// As above, for a list that is not in the order of ids.
  ///
  /// @param place where the page ends, as the list itself writes it
  public String encodePlace(String list, String place) {
    byte[] body = place.getBytes(StandardCharsets.UTF_8);
    byte[] mac = mac(list, body);
    byte[] whole = Arrays.copyOf(body, body.length + MAC_BYTES);
    System.arraycopy(mac, 0, whole, body.length, MAC_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /// The key after which the page starts; null starts at the beginning.
  ///
  /// @throws Refusal 400 `bad_cursor` when it was not made by [#encode] for this list
  public @Nullable UUID decode(String list, @Nullable String cursor) {
    @Nullable String place = decodePlace(list, cursor);
    return place == null ? null : UUID.fromString(place);
  }

  /// What [#encodePlace] was given; null starts at the beginning.
  ///
  /// @throws Refusal 400 `bad_cursor` when it was not made for this list
  public @Nullable String decodePlace(String list, @Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      byte[] whole = Base64.getUrlDecoder().decode(cursor);
      if (whole.length > MAC_BYTES) {
        byte[] body = Arrays.copyOf(whole, whole.length - MAC_BYTES);
        byte[] mac = Arrays.copyOfRange(whole, body.length, whole.length);
        if (MessageDigest.isEqual(mac, mac(list, body))) {
          return new String(body, StandardCharsets.UTF_8);
        }
      }
    } catch (IllegalArgumentException _) {
      // Not Base64: told below like any other forgery.
    }
    throw new Refusal(400, "bad_cursor", "The cursor is not one of this list's.");
  }

  /// A page's length: the given one, or the default where there is none.
  ///
  /// @param asked as it stands in the query
  /// @throws Refusal 400 when it is no whole number within 1..100
  public static int limit(@Nullable String asked, int otherwise) {
    if (asked == null) {
      return otherwise;
    }
    try {
      int limit = Integer.parseInt(asked);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // No number: told below like one that is out of bounds.
    }
    throw Refusal.invalid("limit", "must be a whole number within 1 and " + MAX_LIMIT);
  }

  private byte[] mac(String list, byte[] body) {
    byte[] name = (list + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] message = Arrays.copyOf(name, name.length + body.length);
    System.arraycopy(body, 0, message, name.length, body.length);
    return Arrays.copyOf(secrets.mac("cursor", message), MAC_BYTES);
  }
}
