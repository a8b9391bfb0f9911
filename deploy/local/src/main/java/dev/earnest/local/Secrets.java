package dev.earnest.local;

import dev.earnest.local.postgres.Databases;
import dev.earnest.local.process.PrivateFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;

/// The stack's random secrets, made once: the databases' passwords and the key that the services encrypt with.
final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String KEY = "earnest.secret";

  private final Properties values;

  private Secrets(Properties values) {
    this.values = values;
  }

  static Secrets in(Path file) {
    if (!Files.exists(file)) {
      PrivateFiles.write(file, fresh());
    }
    var values = new Properties();
    try {
      values.load(new StringReader(PrivateFiles.read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Secrets(values);
  }

  /// Base64 of 32 bytes.
  String encryptionKey() {
    return get(KEY);
  }

  Databases.Passwords passwords(String database) {
    return new Databases.Passwords(get(Databases.owner(database)), get(Databases.runner(database)));
  }

  private String get(String name) {
    var value = values.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("the stack's secrets lack " + name);
    }
    return value;
  }

  private static String fresh() {
    var text = new StringBuilder();
    text.append(KEY).append('=').append(Base64.getEncoder().encodeToString(bytes(32))).append('\n');
    for (var database : Databases.ALL) {
      text.append(Databases.owner(database))
          .append('=')
          .append(HexFormat.of().formatHex(bytes(16)))
          .append('\n');
      text.append(Databases.runner(database))
          .append('=')
          .append(HexFormat.of().formatHex(bytes(16)))
          .append('\n');
    }
    return text.toString();
  }

  private static byte[] bytes(int length) {
    var bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
