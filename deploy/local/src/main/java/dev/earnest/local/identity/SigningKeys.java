package dev.earnest.local.identity;

import dev.earnest.local.process.PrivateFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// The key pair that stands in for an identity provider: made on first use, kept in the stack's folder.
///
/// @param privateKey signs tokens
/// @param publicKeyFile what services verify them with (`mp.jwt.verify.publickey.location`)
public record SigningKeys(PrivateKey privateKey, Path publicKeyFile) {
  private static final int BITS = 2048;

  public static SigningKeys in(Path folder) {
    var privateFile = folder.resolve("private.pem");
    var publicFile = folder.resolve("public.pem");
    try {
      if (!Files.exists(privateFile)) {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        var pair = generator.generateKeyPair();
        // the private key last: it is the one whose presence is asked for
        PrivateFiles.write(publicFile, pem("PUBLIC KEY", pair.getPublic()));
        PrivateFiles.write(privateFile, pem("PRIVATE KEY", pair.getPrivate()));
      }
      var encoded = PrivateFiles.read(privateFile).replaceAll("-----[A-Z ]+-----", "").strip();
      var specification = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(encoded));
      return new SigningKeys(
          KeyFactory.getInstance("RSA").generatePrivate(specification), publicFile);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key in " + folder + " cannot be used", e);
    }
  }

  private static String pem(String kind, Key key) {
    var body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(key.getEncoded());
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, body);
  }
}
