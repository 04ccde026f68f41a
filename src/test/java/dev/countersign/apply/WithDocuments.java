package dev.countersign.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.apply.plan.ApplyPolicy;
import dev.countersign.apply.plan.Step;
import dev.countersign.declaration.DeclaredOrganization;
import dev.countersign.declaration.document.DocumentFiles;
import dev.countersign.declaration.document.Fault;
import dev.countersign.declaration.document.Faults;
import dev.countersign.declaration.reader.DeclarationReader;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.ratelimit.DefaultRateLimitConfig;
import dev.countersign.ratelimit.DefaultRateLimits;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.FixedIngestHosts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.io.TempDir;

/**
 * Applies documents to the database of the service under test. Each test has an organization of its own, whose slug stands in
 * documents as {@code ORG}.
 */
abstract class WithDocuments {

    /** The text of an API key that documents name as {@code env:KEY}. */
    final String keyText = newText();

    /** Another one, which documents name as {@code env:OTHER}. */
    final String otherText = newText();

    final String organization;
    final Api operator = Api.operator();

    @TempDir
    Path folder;

    WithDocuments() {
        this("org-");
    }

    /** @param prefix the beginning of the slug of the organization */
    WithDocuments(String prefix) {
        organization = prefix + UUID.randomUUID().toString().substring(0, 8);
    }

    /** What a run did: its steps, its warnings and its faults, as lines without the folder. */
    record Outcome(List<String> steps, List<String> warnings, List<String> faults) {}

    /** Applies a document of the version v1. */
    Outcome apply(String members) {
        return apply(new ApplyPolicy(ApplyPolicy.DEFAULT_OWNER, false, false), members);
    }

    Outcome prune(String members) {
        return apply(new ApplyPolicy(ApplyPolicy.DEFAULT_OWNER, true, false), members);
    }

    Outcome heal(String members) {
        return apply(ApplyPolicy.healing(ApplyPolicy.DEFAULT_OWNER), members);
    }

    Outcome dryRun(String members) {
        return run(new ApplyPolicy(ApplyPolicy.DEFAULT_OWNER, false, false), true, members);
    }

    Outcome apply(ApplyPolicy policy, String members) {
        return run(policy, false, members);
    }

    private Outcome run(ApplyPolicy policy, boolean dryRun, String members) {
        Path documents;
        try {
            documents = Files.createTempDirectory(folder, "documents");
            Files.writeString(
                    documents.resolve("acme.yaml"),
                    ("countersign: v1\norganization: ORG\n" + members).replace("ORG", organization));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Faults faults = new Faults();
        List<String> steps = new ArrayList<>();
        try (Connection connection = connect()) {
            List<DeclaredOrganization> declared = DeclarationReader.read(
                    DocumentFiles.read(documents.toString(), InputStream.nullInputStream(), faults),
                    hosts(),
                    Map.of("KEY", keyText, "OTHER", otherText),
                    faults);
            assertThat(faults.list()).isEmpty();
            List<Fault> warnings = new ApplyRun(
                            connection, hosts(), defaults(), policy, (Step step) -> steps.add(text(documents, step)))
                    .apply(declared, dryRun, faults);
            return new Outcome(
                    steps,
                    warnings.stream().map(fault -> text(documents, fault)).toList(),
                    faults.list().stream().map(fault -> text(documents, fault)).toList());
        } catch (SQLException | OvertakenException e) {
            throw new AssertionError(e);
        }
    }

    private String text(Path documents, Object line) {
        return line.toString().replace(documents + "/", "").replace(organization, "ORG");
    }

    /** Runs a statement; {@code ORG} stands for the organization. */
    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql.replace("ORG", organization));
        }
    }

    static Connection connect() throws SQLException {
        var config = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                "jdbc:" + config.getValue("countersign.db.url", String.class),
                config.getValue("countersign.db.username", String.class),
                config.getValue("countersign.db.password", String.class));
    }

    static DefaultRateLimits defaults() {
        return new DefaultRateLimits(new DefaultRateLimitConfig() {
            @Override
            public Optional<Duration> window() {
                return Optional.empty();
            }

            @Override
            public OptionalInt count() {
                return OptionalInt.empty();
            }
        });
    }

    private static String newText() {
        return "cs_" + (UUID.randomUUID().toString() + UUID.randomUUID()).substring(0, 43);
    }

    static IngestHosts hosts() {
        return FixedIngestHosts.at("https://sentry.io", "us");
    }
}
