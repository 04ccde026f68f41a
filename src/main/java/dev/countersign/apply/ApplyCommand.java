package dev.countersign.apply;

import dev.countersign.apply.plan.ApplyPolicy;
import dev.countersign.command.Command;
import dev.countersign.command.CommandContext;
import dev.countersign.command.FailedException;
import dev.countersign.command.RefusedException;
import dev.countersign.declaration.DeclaredOrganization;
import dev.countersign.declaration.document.DocumentFiles;
import dev.countersign.declaration.document.Fault;
import dev.countersign.declaration.document.Faults;
import dev.countersign.declaration.reader.DeclarationReader;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.ratelimit.DefaultRateLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Runs the command {@code countersign apply}: makes the stored organizations what documents declare, and prints what changes.
 */
public final class ApplyCommand implements Command {

    /** The name of the command. */
    public static final String NAME = "apply";

    private static final String OWNER = "--owner";
    private static final String PRUNE = "--prune";
    private static final String DRY_RUN = "--dry-run";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(NAME);
        spec.usageMessage()
                .description(
                        "Make the stored organizations what documents in YAML or JSON declare, and print each change:"
                                + " + made, ~ changed, - removed.");
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .paramLabel("FILE|DIRECTORY|-")
                .type(String.class)
                .description("A document; a directory of *.yaml, *.yml and *.json; or the standard input.")
                .build());
        spec.addOption(flag(DRY_RUN, "Only print the plan."));
        spec.addOption(flag(
                PRUNE, "Also remove what this owner made and the documents declare no more, in lists that they have."));
        return spec.addOption(OptionSpec.builder(OWNER)
                .paramLabel("NAME")
                .type(String.class)
                .defaultValue(ApplyPolicy.DEFAULT_OWNER)
                .description("The owner of what is made. Default: " + ApplyPolicy.DEFAULT_OWNER)
                .build());
    }

    @Override
    public void run(ParseResult arguments, CommandContext context)
            throws RefusedException, FailedException, SQLException {
        String path = Objects.requireNonNull(arguments.matchedPositionalValue(0, ""));
        String owner = arguments.matchedOptionValue(OWNER, ApplyPolicy.DEFAULT_OWNER);
        if (!ApplyPolicy.canBeOwner(owner)) {
            throw new RefusedException("The owner is 1 to 64 letters, digits, dots, hyphens and underscores.");
        }
        ApplyPolicy policy = new ApplyPolicy(owner, arguments.hasMatchedOption(PRUNE), false);
        IngestHosts hosts = context.ingestHosts();
        DefaultRateLimits defaults = context.defaultRateLimits();
        Faults faults = new Faults();
        List<DeclaredOrganization> declared =
                DeclarationReader.read(DocumentFiles.read(path, System.in, faults), hosts, System.getenv(), faults);
        refuse(faults);
        try (Connection connection = context.connect()) {
            ApplyRun run = new ApplyRun(
                    connection, hosts, defaults, policy, step -> context.out().println(step));
            List<Fault> warnings = run.apply(declared, arguments.hasMatchedOption(DRY_RUN), faults);
            refuse(faults);
            warnings.forEach(context.err()::println);
        } catch (OvertakenException e) {
            throw new FailedException(String.valueOf(e.getMessage()));
        }
    }

    private static void refuse(Faults faults) throws RefusedException {
        if (!faults.isEmpty()) {
            throw new RefusedException(
                    faults.list().stream().map(Fault::toString).toList());
        }
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).description(description).build();
    }
}
