package dev.countersign.issuer.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.testsupport.issuer.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which files are read for keys, whatever they were when the service started. */
class FileKeySourceTest {

    @TempDir
    private Path folder;

    @Test
    void fileIsReadThroughALink() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), Signer.jwks(Signer.create("k", "EdDSA")));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThat(FileKeySource.read(link, KeySource.MAX_BYTES)).isEqualTo(Files.readAllBytes(file));
    }

    /** Whoever opens a pipe waits for somebody who writes to it. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void pipeIsRefused() throws Exception {
        Path pipe = folder.resolve("pipe");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeTrue(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0, "skipped: no mkfifo here");

        assertThatThrownBy(() -> FileKeySource.read(pipe, KeySource.MAX_BYTES))
                .isInstanceOf(IOException.class)
                .hasMessage(pipe + " is no regular file");
    }

    @Test
    void missingFileIsToldByItsName() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> FileKeySource.read(missing, KeySource.MAX_BYTES))
                .isInstanceOf(IOException.class)
                .hasMessage(missing + " does not exist");
    }
}
