package dev.earnest.local.identity;

import java.security.PrivateKey;
import java.time.Instant;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/// Makes bearer tokens (RS256) as an identity provider would.
///
/// Tokens follow the machine's clock even when the services' clock was moved: an identity provider knows nothing of
/// `./earnest clock`.
public final class TokenIssuer {
  private final PrivateKey key;

  public TokenIssuer(PrivateKey key) {
    this.key = key;
  }

  public String issue(TokenRequest request) {
    var signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    signature.setKey(key);
    return serialise(signature, request);
  }

  /// `alg: none`, which every service must refuse: for tests.
  public static String unsigned(TokenRequest request) {
    var signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    return serialise(signature, request);
  }

  private static String serialise(JsonWebSignature signature, TokenRequest request) {
    signature.setHeader("typ", "JWT");
    signature.setPayload(claims(request).toJson());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("cannot sign a token", e);
    }
  }

  private static JwtClaims claims(TokenRequest request) {
    var now = Instant.now();
    var expires = now.plus(request.lifetime());
    var issued = expires.isBefore(now) ? expires.minusSeconds(60) : now;
    var claims = new JwtClaims();
    claims.setIssuer(request.issuer());
    claims.setAudience(request.audience());
    claims.setSubject(request.name());
    claims.setStringClaim("upn", request.name());
    claims.setStringListClaim("groups", request.roles());
    claims.setStringClaim("email", request.name() + "@local");
    claims.setClaim("email_verified", true);
    claims.setIssuedAt(NumericDate.fromSeconds(issued.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(expires.getEpochSecond()));
    claims.setJwtId(UUID.randomUUID().toString());
    return claims;
  }
}
