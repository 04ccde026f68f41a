package dev.countersign.transfer.api;

import dev.countersign.crypto.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/** Stores the pages that an API has answered in a folder, so that a run that was interrupted asks for no page twice. */
final class Spool {

    private static final String SOURCE = "source";

    private final Path folder;
    private final ApiClient client;

    /**
     * Opens a folder, which is made if it is not there.
     *
     * @param source the address of the API
     * @throws ApiRefusedException if the folder holds pages of another address
     */
    Spool(Path folder, String source, ApiClient client) throws IOException, ApiRefusedException {
        this.folder = folder;
        this.client = client;
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path owner = folder.resolve(SOURCE);
        if (!Files.exists(owner)) {
            write(SOURCE, source);
        } else if (!Files.readString(owner).equals(source)) {
            throw new ApiRefusedException(folder + " holds pages of " + Files.readString(owner));
        }
    }

    /** A page, from the folder or from the API. */
    ApiClient.Page get(String path) throws IOException, ApiRefusedException {
        String name = "page-" + digest(path) + ".json";
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            ApiClient.Page page = client.get(path);
            write(name, page.next() + "\n" + page.body());
            return page;
        }
        String stored = Files.readString(file);
        int end = stored.indexOf('\n');
        return new ApiClient.Page(stored.substring(end + 1), stored.substring(0, end));
    }

    /** An empty file that only its owner reads, and that no other run with the folder writes. */
    Path begin() throws IOException {
        return Files.createTempFile(
                folder,
                "part-",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Gives a file that is written its name; a file of this name is replaced. */
    Path end(Path part, String name) throws IOException {
        return Files.move(
                part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes a file as a whole or not at all. */
    private void write(String name, String text) throws IOException {
        Path part = begin();
        Files.writeString(part, text);
        end(part, name);
    }

    private static String digest(String path) {
        return HexFormat.of().formatHex(Sha256.of(path));
    }
}
