package dev.countersign.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.postgres.connection.JdbcDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What commands are given. */
class CommandContextTest {

    /** Of a batch that fails, the driver would quote the statement with its values, such as secret keys. */
    @Test
    void messagesOfTheDatabaseQuoteNoValues() throws RefusedException {
        CommandContext context = new CommandContext(
                new CommandSettings(Map.of("countersign.db.url", "postgresql://localhost/keys")),
                System.out,
                System.err);

        assertThat(JdbcDatabase.source(context.database()).getLogServerErrorDetail())
                .isFalse();
    }
}
