package dev.countersign.relay.registration;

import dev.countersign.postgres.pool.Statements;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/**
 * Reads the secret that signs challenge tokens. All replicas share the secret, which is one row. The first challenge of an
 * installation makes the row. Removing the row makes a new secret at the next challenge, and only ends the challenges that run.
 */
@Singleton
public class TokenSecretRepository {

    private static final int LENGTH = 64;

    private static final String READ = "select secret from relay_token_secret";

    /** Of two first challenges at the same time, both read the secret of the first. */
    private static final String MAKE = "insert into relay_token_secret (secret) values ($1)"
            + " on conflict (only_row) do update set only_row = true returning secret";

    private final Statements statements;

    TokenSecretRepository(Statements statements) {
        this.statements = statements;
    }

    /** The secret to sign a token with. Makes the secret if there is none. */
    Uni<byte[]> readOrMake() {
        return first(READ, Tuple.tuple())
                .onItem()
                .ifNull()
                .switchTo(() -> first(MAKE, Tuple.of(Buffer.buffer(random()))));
    }

    /**
     * The secret to check a token with. Stores nothing, since anyone can send tokens: if there is no secret, answers one that
     * has signed no token.
     */
    Uni<byte[]> read() {
        return first(READ, Tuple.tuple()).onItem().ifNull().continueWith(TokenSecretRepository::random);
    }

    private static byte[] random() {
        byte[] random = new byte[LENGTH];
        new SecureRandom().nextBytes(random);
        return random;
    }

    private Uni<byte[]> first(String sql, Tuple parameters) {
        return statements.first(sql, parameters, row -> row.getBuffer(0).getBytes());
    }
}
