package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.command.Command;
import dev.countersign.command.MigrateCommand;
import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A migrated database that is empty before each test, and the commands that run on it. Register it as a static field. */
final class TransferDatabase implements BeforeEachCallback {

    private static final List<Command> COMMANDS =
            List.of(new MigrateCommand(), new ImportCommand(), new ExportCommand());

    private final OwnPostgres postgres;
    private boolean isMigrated;

    TransferDatabase(OwnPostgres postgres) {
        this.postgres = postgres;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        if (!isMigrated) {
            CommandRun migration = run("migrate");
            assertThat(migration.status()).as(migration.err()).isZero();
            isMigrated = true;
        }
        postgres.execute("truncate organization, audit_log restart identity cascade");
    }

    /** Runs a command. */
    CommandRun run(String... arguments) {
        return CommandRun.inProcess(COMMANDS, CommandRun.settings(postgres.server()), arguments);
    }

    /** Runs a command with one more setting. */
    CommandRun runWith(String setting, String value, String... arguments) {
        Map<String, String> settings = new HashMap<>(CommandRun.settings(postgres.server()));
        settings.put(setting, value);
        return CommandRun.inProcess(COMMANDS, settings, arguments);
    }

    /** Imports a file, which must succeed. */
    CommandRun imported(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "import";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CommandRun run = run(all);
        assertThat(run.status()).as(run.err() + run.out()).isZero();
        return run;
    }

    /** Imports a JSON text, which may be refused. */
    CommandRun importing(Path folder, String json, String... options) throws IOException {
        String[] all = new String[options.length + 2];
        all[0] = "import";
        all[1] = Files.writeString(folder.resolve("file.json"), json).toString();
        System.arraycopy(options, 0, all, 2, options.length);
        return run(all);
    }

    /** Imports an encrypted archive, which must be refused with a fault. */
    void refused(Path archive, Path key, String fault) throws SQLException {
        assertRefused(run("import", archive.toString(), "--decrypt-with", key.toString()), archive + ": " + fault);
    }

    /** Expects that a command was refused with a fault, and that nothing was written. */
    void assertRefused(CommandRun refused, String fault) throws SQLException {
        assertThat(refused.err().strip()).isEqualTo(fault);
        assertThat(refused.status()).isEqualTo(2);
        assertThat(postgres.single("select count(*) from organization")).isEqualTo("0");
    }

    /** The columns of each row, separated by bars. */
    List<String> rows(String columns, String rest) throws SQLException {
        return postgres.texts("select concat_ws('|', " + columns + ") from " + rest);
    }

    /** A file of the tests' resources. */
    static String resource(String name) {
        return Path.of("src", "test", "resources", "transfer", name).toString();
    }
}
