package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.command.RefusedException;
import dev.countersign.transfer.source.ExportFile.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of the token for an API. */
class TokenFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"s3cret\nsecond line", "s3cret-ü", "s3 cret", "", "\n"})
    void whatIsNoTokenIsRefusedAndNotShown(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), content);

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(RefusedException.class)
                .hasMessage(file + " should hold the token alone, without blanks");
    }

    @Test
    void missingFileIsRefused() {
        Path file = folder.resolve("none");

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(RefusedException.class)
                .hasMessage("There is no file " + file);
    }

    private void open(Path token) throws IOException, RefusedException {
        ImportFromApi.file(
                new ImportOptions(
                        null,
                        "http://localhost:1",
                        token,
                        folder.resolve("work"),
                        Program.SENTRY,
                        null,
                        List.of(),
                        true,
                        false,
                        false),
                System.err);
    }
}
