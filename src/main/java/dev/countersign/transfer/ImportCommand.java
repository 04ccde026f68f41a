package dev.countersign.transfer;

import dev.countersign.command.Command;
import dev.countersign.command.CommandContext;
import dev.countersign.command.FailedException;
import dev.countersign.command.RefusedException;
import dev.countersign.dsn.IngestConfig;
import dev.countersign.transfer.source.ExportFile.Program;
import dev.countersign.transfer.staging.FileChecks;
import dev.countersign.transfer.staging.Ids;
import dev.countersign.transfer.staging.Selection;
import dev.countersign.transfer.staging.Staging;
import dev.countersign.transfer.staging.Storing;
import dev.countersign.transfer.staging.TakenRows;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Runs the command {@code countersign import}: stores what Sentry, GlitchTip or this service exported to a file, or what an API
 * of theirs holds. One transaction stores all of it; before that, every fault of the file and every conflict with what is
 * stored is listed.
 */
public final class ImportCommand implements Command {

    private static final int MAX_ACTOR = 80;

    @Override
    public CommandSpec spec() {
        return ImportOptions.spec();
    }

    @Override
    public void run(ParseResult arguments, CommandContext context)
            throws RefusedException, FailedException, IOException, SQLException {
        String from = arguments.matchedOptionValue("--from", "");
        if (!from.isEmpty()
                && Arrays.stream(Program.values())
                        .noneMatch(program ->
                                program.name().toLowerCase(Locale.ROOT).equals(from))) {
            throw new RefusedException("--from is sentry, glitchtip or countersign");
        }
        ImportOptions options = ImportOptions.of(arguments);
        if (options.newOrganizationIds()) {
            refuseSubdomains(context.ingest());
        }
        String file = ImportFromApi.file(options, context.err());
        String actor = actor(ImportFromApi.name(options));
        try (Connection connection = context.connect();
                Progress progress = new Progress(context.err())) {
            Staging staging = new Staging(connection);
            Tally tally = new Tally(staging, progress, context.err()::println);
            ImportFile.read(file, options, tally, progress, context.stdin());
            progress.step("checking");
            staging.finish();
            select(staging, tally, options.organizations());
            check(staging, tally, file);
            store(staging, options, actor, progress, context);
            tally.notTaken().forEach(context.out()::println);
            if (options.dryRun()) {
                connection.rollback();
                context.out().println("Nothing was written.");
            } else {
                progress.step("committing");
                connection.commit();
            }
        }
    }

    /** New ids would change DSNs that hold them. */
    private static void refuseSubdomains(IngestConfig ingest) throws RefusedException {
        if (Stream.concat(Stream.of(ingest.byDefault()), ingest.named().values().stream())
                .anyMatch(host -> host.organizationSubdomain().isPresent())) {
            throw new RefusedException("--new-organization-ids would change DSNs: an ingest host has an"
                    + " organization-subdomain, which holds the organization's id");
        }
    }

    private static void select(Staging staging, Tally tally, List<String> organizations)
            throws RefusedException, SQLException {
        for (String slug : organizations) {
            if (!Selection.has(staging, slug)) {
                throw new RefusedException("The file has no organization " + slug);
            }
        }
        if (!organizations.isEmpty()) {
            Selection.keep(staging, organizations);
        }
        Selection.apply(staging);
        if (tally.faults() == 0 && Selection.isEmpty(staging)) {
            throw new RefusedException("The file has no organization");
        }
    }

    private static void check(Staging staging, Tally tally, String file) throws RefusedException, SQLException {
        long faults = tally.faults() + FileChecks.run(staging, tally::print);
        if (faults > 0) {
            throw new RefusedException("Nothing was imported: " + faults + " faults in " + file);
        }
    }

    private static void store(
            Staging staging, ImportOptions options, String actor, Progress progress, CommandContext context)
            throws RefusedException, FailedException, SQLException {
        if (!options.dryRun()) {
            progress.step("waiting for another import");
            staging.lock();
            progress.step("comparing with what is stored");
        }
        Ids.ofOrganizations(staging, options.newOrganizationIds(), options.dryRun(), context.out()::println);
        if (!options.dryRun()) {
            try (Connection other = context.connect()) {
                Ids.moveSequences(staging, other);
            }
        }
        long taken = TakenRows.find(
                staging, options.skipTaken(), line -> (options.skipTaken() ? context.out() : context.err())
                        .println((options.skipTaken() ? "left out: " : "conflict: ") + line));
        if (taken > 0 && !options.skipTaken()) {
            throw new RefusedException("Nothing was imported: " + taken + " conflicts with what is stored");
        }
        TakenRows.merged(staging, context.out()::println);
        Ids.replaceTaken(staging, options.dryRun(), context.out()::println);
        if (!options.dryRun()) {
            Storing.run(staging, actor, progress::step);
        }
        Storing.report(staging, context.out()::println);
    }

    /** The name of whoever writes, for the audit log. */
    private static String actor(String name) {
        String actor = "import:" + name.replaceAll("\\p{Cntrl}", "?");
        return actor.substring(0, Math.min(actor.length(), MAX_ACTOR));
    }
}
