package dev.countersign.credential.token;

import dev.countersign.credential.Secret;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildfly.security.password.Password;
import org.wildfly.security.password.PasswordFactory;
import org.wildfly.security.password.WildFlyElytronPasswordProvider;
import org.wildfly.security.password.interfaces.SimpleDigestPassword;
import org.wildfly.security.password.spec.EncryptablePasswordSpec;

/**
 * Reads a token from the configuration, as a text or from a file, and compares the secret of a request with the token.
 * The service keeps only a digest of the token, and Elytron compares the digest in constant time.
 */
public final class ConfiguredToken {

    private static final String ALGORITHM = SimpleDigestPassword.ALGORITHM_SIMPLE_DIGEST_SHA_256;

    private final @Nullable Password digest;

    /**
     * Reads a token.
     *
     * @param setting the name of the setting for the text; {@code -file} follows in the name of the other
     * @param text the token
     * @param file holds the token; read where there is no text
     * @throws ConfigurationException where the file cannot be read
     */
    public ConfiguredToken(String setting, Optional<String> text, Optional<Path> file) {
        this.digest = text.or(() -> file.map(path -> read(setting, path)))
                .map(ConfiguredToken::digest)
                .orElse(null);
    }

    /** Whether the configuration sets the token. */
    public boolean isSet() {
        return digest != null;
    }

    /** Whether a secret is this token; always false where no token is configured. */
    public boolean is(Secret secret) {
        try {
            return digest != null && factory().verify(digest, secret.reveal().toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(String setting, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigurationException(setting + "-file " + file + " cannot be read");
        }
    }

    private static Password digest(String token) {
        try {
            return factory().generatePassword(new EncryptablePasswordSpec(token.toCharArray(), null));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PasswordFactory factory() throws GeneralSecurityException {
        return PasswordFactory.getInstance(ALGORITHM, WildFlyElytronPasswordProvider.getInstance());
    }
}
