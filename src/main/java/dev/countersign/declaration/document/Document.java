package dev.countersign.declaration.document;

import java.nio.file.Path;

/**
 * Holds one parsed document of a file, and the folder of the file.
 *
 * @param folder the folder from which the document names other files
 * @param content the value of the whole document
 */
public record Document(Path folder, Located content) {

    /** The name of the file without its folder, or {@code -} for the standard input. */
    public String fileName() {
        String file = content.place().file();
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
