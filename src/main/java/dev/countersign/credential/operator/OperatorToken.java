package dev.countersign.credential.operator;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Secret;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.wildfly.security.password.Password;
import org.wildfly.security.password.PasswordFactory;
import org.wildfly.security.password.WildFlyElytronPasswordProvider;
import org.wildfly.security.password.interfaces.SimpleDigestPassword;
import org.wildfly.security.password.spec.EncryptablePasswordSpec;

/**
 * The operator's token from the configuration. The token is kept as a digest, and Elytron compares it in constant time.
 */
@Singleton
@Priority(1)
@Startup
public class OperatorToken implements CredentialSource {

    private static final Logger LOG = Logger.getLogger(OperatorToken.class);
    private static final String ALGORITHM = SimpleDigestPassword.ALGORITHM_SIMPLE_DIGEST_SHA_256;

    private static final Credential OPERATOR = Credential.ofProcess(new Caller.Operator());

    /** The least length of a token, in characters. */
    public static final int MIN_LENGTH = 32;

    private final @Nullable Password digest;

    OperatorToken(OperatorTokenConfig config) {
        this.digest = text(config).map(OperatorToken::digest).orElse(null);
        if (digest == null) {
            LOG.warn("No operator token is set (COUNTERSIGN_OPERATOR_TOKEN or COUNTERSIGN_OPERATOR_TOKEN_FILE):"
                    + " organizations cannot be created");
        }
    }

    @Override
    public Uni<Credential> find(Secret secret) {
        return Uni.createFrom().item(OPERATOR);
    }

    /** Whether a secret is the operator's token; always false where no token is configured. */
    @Override
    public boolean recognizes(Secret secret) {
        try {
            return digest != null && factory().verify(digest, secret.reveal().toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> text(OperatorTokenConfig config) {
        return config.operatorToken().or(() -> config.operatorTokenFile().map(OperatorToken::read));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigurationException("countersign.operator-token-file " + file + " cannot be read");
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
