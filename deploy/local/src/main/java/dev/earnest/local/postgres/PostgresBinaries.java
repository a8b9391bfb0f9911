package dev.earnest.local.postgres;

import dev.earnest.local.process.PrivateFiles;
import dev.earnest.local.process.StackException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL programs of this platform, unpacked once into a cache that all stacks and tests of a person share.
final class PostgresBinaries {
  private PostgresBinaries() {}

  /// The folder with `bin`, `lib` and `share`. Two processes may unpack at once: the first to rename wins.
  static Path folder() {
    var archive = "/postgres-" + system() + "-" + architecture() + ".txz";
    var cache = cache();
    var target = cache.resolve("postgres-" + digest(archive).substring(0, 16));
    if (Files.isExecutable(target.resolve("bin/postgres"))) {
      return target;
    }
    PrivateFiles.createFolder(cache);
    try (var packed = open(archive)) {
      var fresh = Files.createTempDirectory(cache, "unpack");
      unpack(packed, fresh);
      try {
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
        PrivateFiles.deleteTree(fresh);
      }
      return target;
    } catch (IOException e) {
      throw new StackException(
          "cannot unpack PostgreSQL into " + target + ": " + e.getMessage(), e);
    }
  }

  private static void unpack(InputStream packed, Path target) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive points outside of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.getParent());
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
          if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + path + " executable");
          }
        }
      }
    }
  }

  private static InputStream open(String archive) {
    var stream = PostgresBinaries.class.getResourceAsStream(archive);
    if (stream == null) {
      throw new StackException("there is no PostgreSQL for this platform (" + archive + ")");
    }
    return stream;
  }

  private static String digest(String archive) {
    try (var stream = open(archive)) {
      var digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(stream, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new StackException("cannot read " + archive + ": " + e.getMessage(), e);
    }
  }

  private static Path cache() {
    var xdg = System.getenv("XDG_CACHE_HOME");
    var base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return base.resolve("earnest");
  }

  private static String system() {
    var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.contains("mac") ? "darwin" : "linux";
  }

  private static String architecture() {
    var name = System.getProperty("os.arch");
    return name.equals("aarch64") || name.equals("arm64") ? "arm_64" : "x86_64";
  }
}
