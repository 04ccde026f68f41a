package dev.countersign.transfer;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Static helper: writes an export of Sentry with one project of many keys. */
final class ManyKeys {

    private ManyKeys() {}

    /** Writes the export to a file, and answers the file. */
    static Path write(Path file, int number) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            writer.write("""
                    [{"model": "sentry.organization", "pk": 1, "fields": {"slug": "acme", "name": "Acme"}},
                     {"model": "sentry.project", "pk": 2, "fields": {"slug": "web", "name": "Web", "organization": 1}}""");
            for (int i = 1; i <= number; i++) {
                writer.write(String.format("""
                        ,
                         {"model": "sentry.projectkey", "pk": %1$d, "fields": {"project": 2, "label": "Key %1$d",
                           "public_key": "%1$032x", "secret_key": "f%1$031x", "roles": "1", "status": 0,
                           "date_added": "2024-01-02T03:04:05.678Z", "data": {}, "use_case": "user"}}""", i));
            }
            writer.write("]");
        }
        return file;
    }
}
