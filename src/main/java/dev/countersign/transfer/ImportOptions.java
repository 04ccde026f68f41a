package dev.countersign.transfer;

import dev.countersign.transfer.source.ExportFile.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Holds the options of {@code import}.
 *
 * @param file the file; {@code -} is standard input
 * @param from the program that made the file, or null to look at the file
 * @param decryptWith the file of a private key, or null
 * @param organizations the slugs of the organizations to import; none means all
 */
record ImportOptions(
        String file,
        @Nullable Program from,
        @Nullable Path decryptWith,
        List<String> organizations,
        boolean dryRun,
        boolean skipTaken,
        boolean newOrganizationIds) {

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("import");
        spec.usageMessage()
                .description(
                        "Import organizations, teams, projects and client keys with their ids and keys, so that DSNs stay"
                                + " good.",
                        "All of a file is imported, or nothing: conflicts with what is stored are listed first.")
                .footer(
                        "",
                        "FILE is what 'sentry export' writes, GlitchTip's 'dumpdata' or a plain 'pg_dump' of it, or what"
                                + " 'countersign export' writes.");
        return spec.addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .required(true)
                        .paramLabel("FILE")
                        .type(String.class)
                        .description("The file to import; - is standard input.")
                        .build())
                .addOption(OptionSpec.builder("--from")
                        .paramLabel("PROGRAM")
                        .type(String.class)
                        .completionCandidates(List.of("sentry", "glitchtip", "countersign"))
                        .description("Who wrote the file: sentry, glitchtip or countersign. Found out without it.")
                        .build())
                .addOption(OptionSpec.builder("--decrypt-with")
                        .paramLabel("KEYFILE")
                        .type(Path.class)
                        .description("The private key (PEM) of an encrypted export of Sentry.")
                        .build())
                .addOption(OptionSpec.builder("--organization")
                        .paramLabel("SLUG")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("Import this organization only; may be given several times.")
                        .build())
                .addOption(flag("--dry-run", "Check everything and write nothing."))
                .addOption(
                        flag(
                                "--skip-taken",
                                "Leave out what is taken, with all below it; merge into an organization of the same id and slug."))
                .addOption(flag(
                        "--new-organization-ids",
                        "Give organizations new ids. Not where DSNs hold the organization's id as a subdomain."));
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    static ImportOptions of(ParseResult arguments) {
        String from = arguments.matchedOptionValue("--from", "");
        return new ImportOptions(
                Objects.requireNonNull(arguments.matchedPositionalValue(0, "")),
                from.isEmpty() ? null : Program.valueOf(from.toUpperCase(Locale.ROOT)),
                arguments.matchedOptionValue("--decrypt-with", null),
                List.copyOf(arguments.matchedOptionValue("--organization", List.<String>of())),
                arguments.hasMatchedOption("--dry-run"),
                arguments.hasMatchedOption("--skip-taken"),
                arguments.hasMatchedOption("--new-organization-ids"));
    }
}
