package dev.countersign;

import dev.countersign.development.DevelopmentDatabase;
import dev.countersign.settings.StartFailure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service; in development also starts an embedded PostgreSQL. */
@QuarkusMain
public class Main {

    /** Entry point. */
    public static void main(String... arguments) {
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
