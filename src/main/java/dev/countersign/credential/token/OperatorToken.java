package dev.countersign.credential.token;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Secret;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Recognizes the operator's token, which the configuration sets for whoever runs this installation. */
@Singleton
@Priority(CredentialSource.BEFORE_STORED)
@Startup
class OperatorToken implements CredentialSource {

    private static final Logger LOG = Logger.getLogger(OperatorToken.class);
    private static final Credential OPERATOR = Credential.ofProcess(new Caller.Operator());

    private final ConfiguredToken token;

    OperatorToken(TokenConfig config) {
        this.token =
                new ConfiguredToken("countersign.operator-token", config.operatorToken(), config.operatorTokenFile());
        if (!token.isSet()) {
            LOG.warn("No operator token is set (COUNTERSIGN_OPERATOR_TOKEN or COUNTERSIGN_OPERATOR_TOKEN_FILE):"
                    + " organizations cannot be created");
        }
    }

    @Override
    public boolean recognizes(Secret secret) {
        return token.is(secret);
    }

    @Override
    public Uni<Credential> find(Secret secret) {
        return Uni.createFrom().item(OPERATOR);
    }
}
