package dev.countersign;

import dev.countersign.development.DevelopmentDatabase;
import dev.countersign.settings.start.StartFailure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Enters the program: starts the service, or runs another command that the command line names. In development the service also
 * starts an embedded PostgreSQL.
 */
@QuarkusMain
public class Main {

    private static final String SERVE = "serve";

    /** Entry point. */
    public static void main(String... arguments) {
        String[] wanted = arguments.length == 0
                ? EnvironmentCommand.arguments(System.getenv()).toArray(String[]::new)
                : arguments;
        // A start of the service loads no class of the other commands.
        if (wanted.length == 0 || (wanted.length == 1 && wanted[0].equals(SERVE))) {
            serve(wanted);
        } else {
            System.exit(CommandList.run(wanted));
        }
    }

    private static void serve(String... arguments) {
        if (hasEmbeddedPostgres()) {
            DevelopmentDatabase.start();
            Quarkus.run(arguments);
        } else {
            StartFailure.prepare();
            Quarkus.run(null, StartFailure::exit, arguments);
        }
    }

    /** Whether the embedded PostgreSQL is on the class path: only in development, as no package contains it. */
    private static boolean hasEmbeddedPostgres() {
        try {
            Class.forName("io.zonky.test.db.postgres.embedded.EmbeddedPostgres");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
