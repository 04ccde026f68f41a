package dev.countersign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Static helper: decides which command a start without arguments runs. Only variables of the environment count, as a Job sets
 * them.
 */
final class EnvironmentCommand {

    private static final String MIGRATE = "COUNTERSIGN_MIGRATE";
    private static final String DOCUMENTS = "COUNTERSIGN_APPLY";
    private static final String INTERVAL = "COUNTERSIGN_APPLY_INTERVAL";
    private static final String OWNER = "COUNTERSIGN_APPLY_OWNER";

    private EnvironmentCommand() {}

    /**
     * The arguments of {@code apply}, where the environment names documents and no interval; otherwise none, which starts the
     * service. A start that only migrates does not apply: the Job that migrates may have the environment of the service. An
     * empty value counts as absent, except that of the owner, which is refused as in the service.
     */
    static List<String> arguments(Map<String, String> environment) {
        String documents = environment.getOrDefault(DOCUMENTS, "");
        boolean migratesOnly = environment.getOrDefault(MIGRATE, "").strip().equalsIgnoreCase("only");
        if (documents.isEmpty()
                || migratesOnly
                || !environment.getOrDefault(INTERVAL, "").isEmpty()) {
            return List.of();
        }
        List<String> arguments = new ArrayList<>(List.of("apply"));
        String owner = environment.get(OWNER);
        if (owner != null) {
            arguments.addAll(List.of("--owner", owner));
        }
        // A path may begin with a hyphen.
        arguments.addAll(List.of("--", documents));
        return arguments;
    }
}
