package dev.earnest.kit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.earnest.kit.security.OutboundGuard.Forbidden;
import dev.earnest.kit.security.OutboundGuard.Target;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundGuardTest {
  private static final String PUBLIC = "93.184.216.34";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://93.184.216.34/",
        "https://[2606:2800:220:1:248:1893:25c8:1946]/",
        "https://buyer.example/hook?a=b",
        "https://buyer.example:8443/hook",
        "https://xn--bcher-kva.example",
        "HTTPS://BUYER.EXAMPLE/"
      })
  void publicHttpsIsAllowed(String url) throws Exception {
    assertThat(guard(PUBLIC).target(url).tls()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // not HTTPS, or no URL
        "http://buyer.example/",
        "ftp://buyer.example/",
        "file:///etc/passwd",
        "gopher://x/",
        "javascript:alert(1)",
        "//buyer.example/",
        "/hook",
        "",
        "https://",
        "https:///hook",
        "https:buyer.example",
        "https://buyer.example /",
        "https://bücher.example/",
        "https://buyer.example\\@127.0.0.1/",
        "https://buyer%2eexample/",
        "https://exa mple/",
        // somebody else's name in front
        "https://user@buyer.example/",
        "https://user:secret@buyer.example/",
        "https://buyer.example@127.0.0.1/",
        "https://@buyer.example/",
        // ports that no web server has
        "https://buyer.example:0/",
        "https://buyer.example:22/",
        "https://buyer.example:25/",
        "https://buyer.example:80/",
        "https://buyer.example:65536/",
        "https://buyer.example:-1/",
        // IPv4 that is not public
        "https://0.0.0.0/",
        "https://0.1.2.3/",
        "https://10.1.2.3/",
        "https://100.64.0.1/",
        "https://100.100.100.200/",
        "https://127.0.0.1/",
        "https://127.255.255.254/",
        "https://169.254.169.254/latest/meta-data/",
        "https://172.16.0.1/",
        "https://172.31.255.255/",
        "https://192.0.0.192/",
        "https://192.0.2.1/",
        "https://192.88.99.1/",
        "https://192.168.1.1/",
        "https://198.18.0.1/",
        "https://198.51.100.7/",
        "https://203.0.113.7/",
        "https://224.0.0.1/",
        "https://239.255.255.255/",
        "https://240.0.0.1/",
        "https://255.255.255.255/",
        "https://168.63.129.16/",
        // IPv4 in its odd forms
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://127.1/",
        "https://127.0.1/",
        "https://0177.0.0.1/",
        "https://017700000001/",
        "https://127.0.0.1./",
        "https://0x/",
        "https://93.184.216.34./",
        "https://093.184.216.34/",
        "https://1.2.3.256/",
        "https://1.2.3.4.5/",
        "https://buyer.0x1/",
        // IPv6 that is not public, or hides an IPv4 address
        "https://[::]/",
        "https://[::1]/",
        "https://[0:0:0:0:0:0:0:1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[::ffff:93.184.216.34]/",
        "https://[::127.0.0.1]/",
        "https://[::5db8:d822]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[64:ff9b:1::1]/",
        "https://[100::1]/",
        "https://[2001::1]/",
        "https://[2001:db8::1]/",
        "https://[2002:7f00:1::1]/",
        "https://[3fff::1]/",
        "https://[5f00::1]/",
        "https://[fc00::1]/",
        "https://[fd00:ec2::254]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25lo]/",
        "https://[fec0::1]/",
        "https://[ff02::1]/",
        "https://[::ffff:0:127.0.0.1]/",
        "https://[1.2.3.4]/",
        "https://[]/",
        "https://[2606:2800:220:1:0:5efe:a9fe:a9fe]/",
        "https://[2606:2800:220:1:200:5efe:7f00:1]/",
        "https://[64:ff9b::169.254.169.254]/",
        "https://[0:0:0:0:0:ffff:a9fe:a9fe]/",
        "https://[::FFFF:169.254.169.254]/",
        "https://[fe80::1%251]/",
        "https://[::1",
        // the metadata services' IPv4 in its odd forms
        "https://2852039166/",
        "https://0xa9fea9fe/",
        "https://0251.0376.0251.0376/",
        "https://169.254.43518/",
        "https://169.16689662/",
        "https://0xA9.0xFE.0xA9.0xFE/",
        "https://1e1.0.0.1.0x7f/",
        // digits that only look like digits, and hosts that only look like hosts
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://\u2460\u2461\u2466.0.0.1/",
        "https://127\u30020\u30020\u30021/",
        "https://%31%32%37.0.0.1/",
        "https://buyer.example#@127.0.0.1:22/\n",
        "https://buyer.example?@127.0.0.1/\r\nHost: x",
        "https://127.0.0.1:443@buyer.example/",
        "https://buyer.example:443:22/",
        "https://buyer.example:4 43/",
        "https://buyer.example:+443/",
        // names that only a network of its own knows
        "https://localhost/",
        "https://LOCALHOST./",
        "https://x.localhost/",
        "https://kubernetes/",
        "https://postgres:5432/",
        "https://metadata.google.internal/computeMetadata/v1/",
        "https://printer.local/",
        "https://1.0.0.127.in-addr.arpa/"
      })
  void everythingElseIsForbiddenByItsForm(String url) {
    assertThatThrownBy(() -> guard(PUBLIC).checkForm(url)).isInstanceOf(Forbidden.class);
    assertThatThrownBy(() -> guard(PUBLIC).target(url)).isInstanceOf(Forbidden.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "::1",
        "fe80::1",
        "fd00:ec2::254",
        "0.0.0.0",
        "64:ff9b::a00:1",
        "::10.0.0.1",
        "2002:a00:1::"
      })
  void nameWithAForbiddenAddressIsForbiddenHoweverManyGoodOnesItHas(String bad) {
    assertThatThrownBy(() -> guard(PUBLIC, bad).target("https://rebind.example/"))
        .isInstanceOf(Forbidden.class);
  }

  @Test
  void nameIsResolvedOnceAndTheCheckedAddressIsTheTarget() throws Exception {
    Deque<String> answers = new ArrayDeque<>(List.of(PUBLIC, "127.0.0.1"));
    OutboundGuard guard = new OutboundGuard(false, _ -> addresses(answers.removeFirst()));

    Target target = guard.target("https://rebind.example/hook?x=1");

    assertThat(target.address().getHostAddress()).isEqualTo(PUBLIC);
    assertThat(target.host()).isEqualTo("rebind.example");
    assertThat(target.port()).isEqualTo(443);
    assertThat(target.path()).isEqualTo("/hook?x=1");
    assertThat(answers).hasSize(1);
  }

  @Test
  void nameWithoutAddressIsUnknown() {
    assertThatThrownBy(() -> guard().target("https://nowhere.example/"))
        .isInstanceOf(UnknownHostException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:9999/hook", "http://localhost:8080/", "http://[::1]:8080/"})
  void localModeAllowsHttpAndLoopback(String url) throws Exception {
    OutboundGuard local = new OutboundGuard(true, _ -> addresses("127.0.0.1", "::1"));
    assertThat(local.target(url).address().isLoopbackAddress()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1/", "http://169.254.169.254/", "http://192.168.0.1:8080/",
        "http://0.0.0.0:8080/", "http://[::ffff:127.0.0.1]/", "http://2130706433/",
        "http://user@127.0.0.1/", "ftp://127.0.0.1/"
      })
  void localModeAllowsNothingElse(String url) {
    OutboundGuard local = new OutboundGuard(true, _ -> addresses(PUBLIC));
    assertThatThrownBy(() -> local.target(url)).isInstanceOf(Forbidden.class);
  }

  private static OutboundGuard guard(String... addresses) {
    return new OutboundGuard(false, _ -> addresses(addresses));
  }

  private static List<InetAddress> addresses(String... texts) {
    return Arrays.stream(texts).map(InetAddress::ofLiteral).toList();
  }
}
