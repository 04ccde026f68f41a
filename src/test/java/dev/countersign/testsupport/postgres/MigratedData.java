package dev.countersign.testsupport.postgres;

import dev.countersign.command.MigrateCommand;
import dev.countersign.testsupport.CommandRun;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Data directories of servers with the schema of this build, copied from one that is migrated for all tests of this process. */
final class MigratedData {

    private static @Nullable Path original;

    private MigratedData() {}

    /** A new data directory. */
    static Path copy() throws IOException {
        return EmptyData.copy(original());
    }

    private static synchronized Path original() throws IOException {
        Path made = original;
        if (made == null) {
            Path data = EmptyData.copy();
            EmptyData.removeAtTheEnd(data);
            EmbeddedPostgres server = EmptyData.start(data);
            try {
                migrate(server);
            } finally {
                EmptyData.stop(server, data);
            }
            original = data;
            made = data;
        }
        return made;
    }

    private static void migrate(EmbeddedPostgres server) {
        CommandRun run = CommandRun.inProcess(List.of(new MigrateCommand()), CommandRun.settings(server), "migrate");
        if (run.status() != 0) {
            throw new IllegalStateException(run.err());
        }
    }
}
