package dev.earnest.kit.security;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where we may be sent by somebody else's URL. Receivers are hostile until proven otherwise: only
/// HTTPS, and only addresses of the public internet, so that nobody reaches through us what only
/// our own network can reach (server-side request forgery).
///
/// A name is resolved once and all its addresses are checked; the caller connects to the address it
/// gets from here and never resolves again, so a name that changes its mind gains nothing. In local
/// mode HTTP and loopback are allowed too, and nothing else.
public final class OutboundGuard {
  /// Never reachable from the public internet, or not for us (IANA special-purpose registries), and
  /// one public address that is a cloud's metadata service to machines inside it.
  private static final List<Block> FORBIDDEN_V4 =
      Block.all(
          "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12"
              + " 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15"
              + " 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32");

  /// The only global unicast block. Whatever is outside it is refused unseen: unspecified, loopback,
  /// IPv4-mapped and -compatible, NAT64, unique local, link-local, multicast.
  private static final Block GLOBAL_V6 = Block.of("2000:0:0:0:0:0:0:0/3");

  /// Inside it: protocol assignments with Teredo, documentation, and 6to4.
  private static final List<Block> FORBIDDEN_V6 =
      Block.all(
          "2001:0:0:0:0:0:0:0/23 2001:db8:0:0:0:0:0:0/32 2002:0:0:0:0:0:0:0/16"
              + " 3fff:0:0:0:0:0:0:0/20");

  /// The last part of names that only a machine or a network of its own knows (RFC 6761, 6762, 8375,
  /// 9476 and what clouds call their metadata services).
  private static final Set<String> PRIVATE_NAMES =
      Set.of(
          "localhost",
          "local",
          "internal",
          "intranet",
          "lan",
          "home",
          "corp",
          "private",
          "arpa",
          "test",
          "invalid",
          "onion",
          "alt",
          "localdomain");

  private static final Pattern NAME =
      Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z0-9_-]{1,63}\\.?");
  private static final Pattern NUMBER_AT_END =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?");
  private static final Pattern DOTTED_QUAD =
      Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
  private static final int MAX_URL = 2048;
  private static final int FIRST_UNPRIVILEGED_PORT = 1024;

  private final boolean local;
  private final Resolver resolver;

  /// @param local whether this is the local stack
  public OutboundGuard(boolean local, Resolver resolver) {
    this.local = local;
    this.resolver = resolver;
  }

  /// All addresses of a name.
  @FunctionalInterface
  public interface Resolver {
    List<InetAddress> resolve(String name) throws UnknownHostException;
  }

  /// An address that was checked, and what to say there.
  ///
  /// @param host as in the URL: for the Host header, SNI and the certificate
  /// @param address the one to connect to
  /// @param path with the query
  public record Target(boolean tls, String host, int port, InetAddress address, String path) {}

  /// Why not.
  public static final class Forbidden extends Exception {
    private static final long serialVersionUID = 1;

    Forbidden(String reason) {
      super(reason);
    }
  }

  /// Checks the form of a URL, and its address where that is written in it, without asking anybody:
  /// what registration checks.
  ///
  /// @throws Forbidden when it can never be a target
  public void checkForm(String url) throws Forbidden {
    URI uri = form(url);
    InetAddress literal = literal(uri.getHost().toLowerCase(Locale.ROOT));
    if (literal != null) {
      check(literal);
    }
  }

  /// A name that is not one of the public internet: it has one part only, or ends as no public name
  /// does. What public names resolve to is checked when they are resolved.
  private static boolean isPrivateName(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    int lastDot = name.lastIndexOf('.');
    return lastDot < 0 || PRIVATE_NAMES.contains(name.substring(lastDot + 1));
  }

  /// Checks a URL and resolves its name, for one connection.
  ///
  /// @throws Forbidden when it must not be connected to
  /// @throws UnknownHostException when its name has no address
  public Target target(String url) throws Forbidden, UnknownHostException {
    URI uri = form(url);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    InetAddress literal = literal(host);
    List<InetAddress> addresses = literal == null ? resolver.resolve(host) : List.of(literal);
    if (addresses.isEmpty()) {
      throw new UnknownHostException(host);
    }
    for (InetAddress address : addresses) {
      check(address);
    }
    boolean tls = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() == -1 ? (tls ? 443 : 80) : uri.getPort();
    return new Target(tls, host, port, addresses.getFirst(), path(uri));
  }

  private URI form(String url) throws Forbidden {
    URI uri = parse(url);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !(local && scheme.equals("http"))) {
      throw new Forbidden(local ? "it must be https or http" : "it must be https");
    }
    if (uri.getRawUserInfo() != null) {
      throw new Forbidden("it must not carry a user");
    }
    if (uri.getHost() == null) {
      throw new Forbidden("it has no host");
    }
    int port = uri.getPort();
    boolean wellKnown = port == -1 || port == 443 || (local && port == 80);
    if (!wellKnown && (port < FIRST_UNPRIVILEGED_PORT || port > 65_535)) {
      throw new Forbidden("its port must be 443 or one from 1024 to 65535");
    }
    return uri;
  }

  private static URI parse(String url) throws Forbidden {
    if (url.length() > MAX_URL) {
      throw new Forbidden("it is too long");
    }
    try {
      return new URI(url);
    } catch (URISyntaxException _) {
      throw new Forbidden("it is not a URL");
    }
  }

  /// The address that a host is, null when it is a name. The old forms of IPv4 (decimal, octal,
  /// hexadecimal, shortened) mean different addresses to different programs, so they are neither.
  private @Nullable InetAddress literal(String host) throws Forbidden {
    if (host.startsWith("[")) {
      InetAddress address = ofLiteral(host.substring(1, host.length() - 1));
      if (address instanceof Inet4Address) {
        throw new Forbidden("its address is an IPv4 address in disguise");
      }
      return address;
    }
    if (NUMBER_AT_END.matcher(host).matches()) {
      if (!DOTTED_QUAD.matcher(host).matches()) {
        throw new Forbidden("its IPv4 address must be four plain decimal numbers");
      }
      return ofLiteral(host);
    }
    if (!NAME.matcher(host).matches()) {
      throw new Forbidden("its host is not a name");
    }
    if (!local && isPrivateName(host)) {
      throw new Forbidden("its name is not one of the public internet");
    }
    return null;
  }

  private static InetAddress ofLiteral(String text) throws Forbidden {
    if (text.indexOf('%') >= 0) {
      throw new Forbidden("its address must not name a zone");
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      throw new Forbidden("its address is not one");
    }
  }

  private void check(InetAddress address) throws Forbidden {
    if (local && address.isLoopbackAddress()) {
      return;
    }
    byte[] bytes = address.getAddress();
    boolean allowed =
        bytes.length == 4
            ? !Block.anyContains(FORBIDDEN_V4, bytes)
            : GLOBAL_V6.contains(bytes)
                && !Block.anyContains(FORBIDDEN_V6, bytes)
                && !isTunnelToV4(bytes);
    if (!allowed) {
      throw new Forbidden("its address is not on the public internet");
    }
  }

  /// ISATAP (RFC 5214) hides an IPv4 address behind a marker in the middle, in whatever block.
  private static boolean isTunnelToV4(byte[] bytes) {
    return (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
  }

  private static String path(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /// A block of addresses in CIDR notation.
  private record Block(byte[] prefix, int bits) {
    static Block of(String cidr) {
      int slash = cidr.indexOf('/');
      InetAddress address = InetAddress.ofLiteral(cidr.substring(0, slash));
      return new Block(address.getAddress(), Integer.parseInt(cidr.substring(slash + 1)));
    }

    static List<Block> all(String cidrs) {
      return List.of(cidrs.split(" ")).stream().map(Block::of).toList();
    }

    static boolean anyContains(List<Block> blocks, byte[] address) {
      return blocks.stream().anyMatch(block -> block.contains(address));
    }

    boolean contains(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if (((prefix[bit / 8] ^ address[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
