package dev.earnest.local.process;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where this program and what it needs lie, so that it can start further JVMs.
public final class ClassPath {
  private ClassPath() {}

  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// The module's own classes and `target/lib`, which its build fills. Never the class path of the JVM that asks: in a
  /// service's test that one has other versions of the same libraries.
  public static String ofTheStack() {
    var own = own();
    var lib = own.resolveSibling("lib");
    if (!Files.isDirectory(lib)) {
      throw new StackException("the local stack is not built: " + lib + " is missing");
    }
    return own + ":" + lib + "/*";
  }

  /// A file that lives and dies with the build, such as a cache of loaded classes.
  public static Path besideTheStack(String name) {
    return own().resolveSibling(name);
  }

  private static Path own() {
    var source = ClassPath.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalStateException("classes without a place");
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
