package dev.tidings.process;

import dev.tidings.secrets.KeyFile;
import dev.tidings.testing.Postgres;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Whoever issues the tokens that a process in the prod profile believes. */
final class Issuer {
    static final String NAME = "https://issuer.example.com";

    private final KeyPair keys;
    private final Path pem;

    /** @param folder where the public key is written */
    Issuer(Path folder) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        keys = generator.generateKeyPair();
        pem = Files.writeString(
                folder.resolve("public.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
    }

    /** All that a process of the prod profile needs: whom to believe, a key for its secrets, an empty database. */
    List<String> production() {
        return new ArrayList<>(List.of(
                "mp.jwt.verify.publickey.location=" + pem.toUri(),
                "mp.jwt.verify.issuer=" + NAME,
                "tidings.secrets.keys=" + KeyFile.newKey(),
                "quarkus.datasource.reactive.url=" + Postgres.newDatabase(),
                "quarkus.datasource.username=postgres",
                "quarkus.datasource.password=postgres"));
    }

    /** @param permissions words with spaces between */
    String token(String organization, String permissions) {
        return token(organization, permissions, NAME, Instant.now().plusSeconds(60));
    }

    String token(String organization, String permissions, String issuer, Instant expiry) {
        return Jwt.issuer(issuer)
                .subject("admin")
                .claim("organizations", Set.of(organization))
                .claim("scope", permissions)
                .expiresAt(expiry)
                .sign(keys.getPrivate());
    }
}
