package dev.countersign.testsupport.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk of a few mebibytes that only one server of the tests sees: memory, mounted in a name space of its own.
 *
 * @param folder where the server sees the disk
 * @param mebibytes its size
 */
public record SmallDisk(Path folder, int mebibytes) {

    private static final int PIECE = 4096;

    /** Whether this machine lets a test mount one. */
    public static boolean isPossible() throws IOException, InterruptedException {
        return new ProcessBuilder("unshare", "-Urm", "mount", "-t", "tmpfs", "none", "/mnt")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** The same program, which sees the disk. PostgreSQL refuses to run as root of a name space, too. */
    ProcessBuilder mountedFor(ProcessBuilder program) {
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "-Urm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=" + mebibytes + "m none " + folder + " && exec unshare -U \"$@\"",
                "sh"));
        List<String> arguments = program.command();
        boolean isUnshared = arguments.get(0).equals("unshare");
        command.addAll(isUnshared ? arguments.subList(2, arguments.size()) : arguments);
        return new ProcessBuilder(command);
    }

    /** Fills the disk of a running server to the last byte. */
    public void fill(PostgresServer server) throws IOException {
        try (OutputStream filler = Files.newOutputStream(filler(server))) {
            byte[] piece = new byte[PIECE];
            while (true) {
                filler.write(piece);
            }
        } catch (IOException full) {
            if (!Files.exists(filler(server))) {
                throw full;
            }
        }
    }

    /** Frees what {@link #fill} took. */
    public void free(PostgresServer server) throws IOException {
        Files.delete(filler(server));
    }

    private Path filler(PostgresServer server) {
        return Path.of("/proc/" + server.pid() + "/root" + folder.resolve("filler"));
    }
}
