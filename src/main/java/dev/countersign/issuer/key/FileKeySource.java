package dev.countersign.issuer.key;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the public keys of an issuer from a file, such as one that Kubernetes mounts, on a worker thread. */
final class FileKeySource implements KeySource {

    private final Vertx vertx;
    private final Path file;

    FileKeySource(Vertx vertx, Path file) {
        this.vertx = vertx;
        this.file = file;
    }

    @Override
    public Future<KeySet> read() {
        return vertx.<KeySet>executeBlocking(() -> KeySet.read(read(file, MAX_BYTES)), false);
    }

    /** The bytes of a regular file, through symbolic links; a pipe would keep the thread for ever. Blocks. */
    static byte[] read(Path file, int maxBytes) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is no regular file");
        }
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IOException(file + " has more than " + maxBytes + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist", e);
        }
    }
}
