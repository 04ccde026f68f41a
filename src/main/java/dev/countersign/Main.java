package dev.countersign;

import dev.countersign.development.DevelopmentDatabase;
import dev.countersign.settings.StartFailure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service; in development with a database of its own. */
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

    /** In development only: no package holds it. */
    private static boolean hasEmbeddedPostgres() {
        try {
            Class.forName("io.zonky.test.db.postgres.embedded.EmbeddedPostgres");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
