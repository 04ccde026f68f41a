package dev.countersign.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** How the program reads a command line, and what it says and answers. */
class CommandsTest {

    private static final String NO_DATABASE = "postgresql://localhost:1/none";

    /** Fails as its only argument says. */
    private static final class Failing implements Command {

        @Override
        public CommandSpec spec() {
            CommandSpec spec = CommandSpec.create().name("fail");
            spec.usageMessage().description("Fail.");
            return spec.addPositional(PositionalParamSpec.builder()
                    .index("0")
                    .required(true)
                    .paramLabel("HOW")
                    .type(String.class)
                    .build());
        }

        @Override
        public void run(ParseResult arguments, CommandContext context)
                throws RefusedException, FailedException, IOException, SQLException {
            switch (arguments.matchedPositionalValue(0, "")) {
                case "refused" -> throw new RefusedException(List.of("One fault.", "Another fault."));
                case "failed" -> throw new FailedException("The schema is old.");
                case "path" -> throw new InvalidPathException("\ufffd", "Malformed input");
                case "io" -> throw new NoSuchFileException("a.json");
                case "sql" -> throw new SQLException("ERROR: no luck\n  Detail: none", "57P01");
                case "database" -> context.connect().close();
                case "ingest" ->
                    context.out().println(context.ingestHosts().byName().keySet());
                default -> context.out().println("Done.");
            }
        }
    }

    private static final List<Command> COMMANDS = List.of(new Failing(), new VersionCommand(), new MigrateCommand());

    private static CommandRun run(String... arguments) {
        return CommandRun.inProcess(COMMANDS, Map.of("countersign.db.url", NO_DATABASE), arguments);
    }

    @Test
    void helpListsAllCommandsOnStandardOutput() {
        CommandRun help = run("--help");

        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("serve", "fail", "version", "migrate", "help", "Exit status: 0 done");
        assertThat(help.err()).isEmpty();
        assertThat(run("help")).isEqualTo(help);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "fail", "version", "migrate", "help"})
    void everyCommandHasHelp(String command) {
        CommandRun help = run(command, "--help");

        assertThat(help.status()).isZero();
        assertThat(help.out()).startsWith("Usage: countersign " + command).contains("-h, --help");
        assertThat(help.err()).isEmpty();
        assertThat(run("help", command)).isEqualTo(help);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    nothing          | Unmatched argument at index 0: 'nothing'   | Try: countersign --help
                    fail             | Missing required parameter: 'HOW'          | Try: countersign fail --help
                    fail a --loud    | Unknown option: '--loud'                   | Try: countersign fail --help
                    serve now        | Unmatched argument at index 1: 'now'       | Try: countersign serve --help
                    help me          | There is no command me                     | Try: countersign help --help
                    """)
    void wrongCallIsRefusedInTwoLines(String line, String fault, String hint) {
        CommandRun refused = run(line.split(" "));

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().lines()).containsExactly(fault, hint);
        assertThat(refused.out()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    done     | 0 |
                    refused  | 2 | One fault.;Another fault.
                    failed   | 1 | The schema is old.
                    path     | 2 | Malformed input: \ufffd
                    io       | 1 | NoSuchFile: a.json
                    sql      | 1 | The database failed: ERROR: no luck (57P01)
                    """)
    void statusSaysWhetherToTryAgain(String how, int status, String lines) {
        CommandRun ended = run("fail", how);

        assertThat(ended.status()).isEqualTo(status);
        assertThat(String.join(";", ended.err().lines().toList())).isEqualTo(lines == null ? "" : lines);
        assertThat(ended.out().strip()).isEqualTo(status == 0 ? "Done." : "");
    }

    /** Many programs read further arguments from a file named so. */
    @Test
    void argumentThatBeginsWithAnAtSignIsTakenAsItIs(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("arguments"), "refused");

        assertThat(run("fail", "@" + file)).isEqualTo(new CommandRun(0, "Done." + System.lineSeparator(), ""));
        assertThat(run("fail", "@@" + file).status()).isZero();
    }

    @Test
    void databaseOutOfReachMayBeTriedAgain() {
        CommandRun failed = run("fail", "database");

        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err().lines()).singleElement().asString().startsWith("The database failed: ");
    }

    @Test
    void wrongSettingIsRefusedInTheWordsOfTheService() {
        CommandRun refused =
                CommandRun.inProcess(COMMANDS, Map.of("countersign.db.connect-timeout", "0"), "fail", "database");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().lines())
                .containsExactly(
                        "countersign.db.url (COUNTERSIGN_DB_URL) is not set;"
                                + " it should look like postgresql://db.example.com:5432/countersign",
                        "countersign.db.connect-timeout (COUNTERSIGN_DB_CONNECT_TIMEOUT) \"0\" is less than 10ms;"
                                + " it should look like 2s");
    }

    @Test
    void settingsOfOthersAreNotRead() {
        CommandRun done = CommandRun.inProcess(
                COMMANDS,
                Map.of(
                        "countersign.ingest.endpoint",
                        "https://sentry.io",
                        "countersign.ingest.named.inside.endpoint",
                        "https://inside.example.com",
                        "countersign.db.pool-size",
                        "x",
                        "countersign.cache.entries",
                        "x",
                        "countersign.operator-token",
                        "short"),
                "fail",
                "ingest");

        assertThat(done).isEqualTo(new CommandRun(0, "[default, inside]" + System.lineSeparator(), ""));
    }
}
