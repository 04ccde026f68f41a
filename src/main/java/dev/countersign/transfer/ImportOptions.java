package dev.countersign.transfer;

import dev.countersign.transfer.source.ExportFile.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Describes, reads and holds the options of the command {@code countersign import}.
 *
 * @param file the file; {@code -} is standard input; null where an API is read
 * @param url the address of an API, or null
 * @param tokenFile the file of the token for the API, or null
 * @param workDir the folder for the pages of the API, or null
 * @param from the program that made the file, or null to look at the file
 * @param decryptWith the file of a private key, or null
 * @param organizations the slugs of the organizations to import; none means all
 */
record ImportOptions(
        @Nullable String file,
        @Nullable String url,
        @Nullable Path tokenFile,
        @Nullable Path workDir,
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
                        .arity("0..1")
                        .paramLabel("FILE")
                        .type(String.class)
                        .description("The file to import; - is standard input.")
                        .build())
                .addOption(OptionSpec.builder("--url")
                        .paramLabel("URL")
                        .type(String.class)
                        .description("The address of a Sentry or GlitchTip whose API is read, in place of a file.")
                        .build())
                .addOption(OptionSpec.builder("--token-file")
                        .paramLabel("FILE")
                        .type(Path.class)
                        .description("The file of the token for --url.")
                        .build())
                .addOption(OptionSpec.builder("--work-dir")
                        .paramLabel("DIR")
                        .type(Path.class)
                        .description("The folder that keeps the pages of --url; with it an interrupted run goes on.")
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
                .addOption(flag(
                        "--skip-taken",
                        "Leave out what is taken, with all below it; merge into organizations and"
                                + " projects of the same id and slug."))
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
                arguments.matchedPositionalValue(0, null),
                arguments.matchedOptionValue("--url", null),
                arguments.matchedOptionValue("--token-file", null),
                arguments.matchedOptionValue("--work-dir", null),
                from.isEmpty() ? null : Program.valueOf(from.toUpperCase(Locale.ROOT)),
                arguments.matchedOptionValue("--decrypt-with", null),
                List.copyOf(arguments.matchedOptionValue("--organization", List.<String>of())),
                arguments.hasMatchedOption("--dry-run"),
                arguments.hasMatchedOption("--skip-taken"),
                arguments.hasMatchedOption("--new-organization-ids"));
    }
}
