package dev.earnest.testkit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/// An identity provider that publishes its keys as a JWKS over HTTP: one for RS256, one for ES256.
public final class IdentityProvider {
  public static final String RSA_KEY_ID = "rsa-1";
  public static final String EC_KEY_ID = "ec-1";

  private static final IdentityProvider ONE = new IdentityProvider();

  private final KeyPair rsa =
      generate("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
  private final KeyPair ec = generate("EC", new ECGenParameterSpec("secp256r1"));
  private final String url;

  private IdentityProvider() {
    byte[] keys = jwks().getBytes(StandardCharsets.UTF_8);
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/keys",
          exchange -> {
            try (exchange) {
              exchange.getResponseHeaders().set("Content-Type", "application/json");
              exchange.sendResponseHeaders(200, keys.length);
              exchange.getResponseBody().write(keys);
            }
          });
      server.start();
      url = "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the keys are.
  public static String url() {
    return ONE.url;
  }

  public static PrivateKey rsaKey() {
    return ONE.rsa.getPrivate();
  }

  public static PrivateKey ecKey() {
    return ONE.ec.getPrivate();
  }

  private String jwks() {
    return new JsonWebKeySet(
            jwk(rsa.getPublic(), RSA_KEY_ID, "RS256"), jwk(ec.getPublic(), EC_KEY_ID, "ES256"))
        .toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  private static PublicJsonWebKey jwk(PublicKey key, String id, String algorithm) {
    try {
      var jwk = PublicJsonWebKey.Factory.newPublicJwk(key);
      jwk.setKeyId(id);
      jwk.setAlgorithm(algorithm);
      jwk.setUse("sig");
      return jwk;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair generate(String algorithm, AlgorithmParameterSpec kind) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(kind);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
