package dev.countersign.loader.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files of a folder are served. */
class SdkFolderTest {

    /** {@code printf 'sdk' | openssl dgst -sha384 -binary | openssl base64 -A}. */
    private static final String INTEGRITY = "sha384-ZTftqBzCaHPx55eQzPkbQ7PXHi+UmMi9DApZhu8B+uqAjXiedJgqoEvjz45rOKTT";

    @TempDir
    private Path outside;

    private Path folder;

    @BeforeEach
    void createFolder() throws IOException {
        folder = Files.createDirectory(outside.resolve("sdk"));
        Files.createDirectory(folder.resolve("10.78.0"));
    }

    @Test
    void fileHasItsSizeAndHash() throws IOException {
        Files.writeString(folder.resolve("10.78.0/bundle.tracing.replay.min.js"), "sdk");

        SdkFile file = Objects.requireNonNull(read().find("10.78.0/bundle.tracing.replay.min.js"));

        assertThat(file.bytes()).isEqualTo(3);
        assertThat(file.integrity()).isEqualTo(INTEGRITY);
        assertThat(read().versions()).containsExactly("10.78.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret.txt",
                "bundle.min.js",
                "10.78.0/secret.js",
                "10.78.0/bundle.min.js.map",
                "10.78.0/Bundle.min.js",
                "latest/bundle.min.js",
                "10.78.0/deep/bundle.min.js"
            })
    void otherFilesAreLeftOut(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "secret");

        assertThat(read().isEmpty()).isTrue();
    }

    @Test
    void linkOutOfTheFolderIsLeftOut() throws IOException {
        Path secret = Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("10.78.0/bundle.min.js"), secret);
        Path version = Files.createDirectory(outside.resolve("9.0.0"));
        Files.writeString(version.resolve("bundle.min.js"), "secret");
        Files.createSymbolicLink(folder.resolve("9.0.0"), version);

        assertThat(read().isEmpty()).isTrue();
    }

    @Test
    void linkWithinTheFolderIsServed() throws IOException {
        Files.writeString(folder.resolve("10.78.0/bundle.min.js"), "sdk");
        Files.createSymbolicLink(folder.resolve("10.78.0/bundle.tracing.min.js"), Path.of("bundle.min.js"));

        assertThat(read().find("10.78.0/bundle.tracing.min.js")).isNotNull();
    }

    @Test
    void nameWithDotsFindsNothing() throws IOException {
        Files.writeString(folder.resolve("10.78.0/bundle.min.js"), "sdk");

        assertThat(read().find("10.78.0/../10.78.0/bundle.min.js")).isNull();
        assertThat(read().find("/10.78.0/bundle.min.js")).isNull();
    }

    private SdkFolder read() {
        return new SdkFolder(new LoaderConfig() {
            @Override
            public Optional<String> sdkUrl() {
                return Optional.empty();
            }

            @Override
            public List<String> sdkVersions() {
                return List.of();
            }

            @Override
            public Optional<Path> sdkDir() {
                return Optional.of(folder);
            }
        });
    }
}
