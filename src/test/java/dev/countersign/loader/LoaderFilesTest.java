package dev.countersign.loader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.javascript.jscomp.CompilationLevel;
import com.google.javascript.jscomp.Compiler;
import com.google.javascript.jscomp.CompilerOptions;
import com.google.javascript.jscomp.CompilerOptions.LanguageMode;
import com.google.javascript.jscomp.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The minified scripts are made from the readable ones by the Closure Compiler. {@code -Dtest=LoaderFilesTest -Dgolden.update=true}
 * makes them again.
 */
class LoaderFilesTest {

    private static final Path FOLDER = Path.of("src", "main", "resources", "loader");
    private static final int MAX_GZIPPED_BYTES = 3 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"loader", "noop"})
    void minifiedScriptIsMadeFromTheReadableOne(String name) throws IOException {
        Path minified = FOLDER.resolve(name + ".min.js");
        String made = minify(Files.readString(FOLDER.resolve(name + ".js")));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(minified, made);
        }

        assertThat(Files.readString(minified)).isEqualTo(made);
    }

    @Test
    void loaderTakesFewBytes() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(sent)) {
            gzip.write(Files.readAllBytes(FOLDER.resolve("loader.min.js")));
        }

        assertThat(sent.size()).isLessThan(MAX_GZIPPED_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loader.js", "loader.min.js"})
    void loaderEndsWithACallThatTakesTheArguments(String file) throws IOException {
        String withoutSpace = Files.readString(FOLDER.resolve(file)).replaceAll("\\s", "");

        assertThat(withoutSpace).endsWith("})(window,document,__ARGUMENTS__);");
    }

    private static String minify(String source) {
        CompilerOptions options = new CompilerOptions();
        CompilationLevel.SIMPLE_OPTIMIZATIONS.setOptionsForCompilationLevel(options);
        options.setLanguageIn(LanguageMode.ECMASCRIPT5_STRICT);
        options.setLanguageOut(LanguageMode.ECMASCRIPT5_STRICT);
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Compiler compiler = new Compiler(new PrintStream(messages, true, StandardCharsets.UTF_8));
        compiler.disableThreads();
        boolean succeeded =
                compiler.compile(List.of(), List.of(SourceFile.fromCode("source.js", source)), options).success;
        assertThat(succeeded).as(messages.toString(StandardCharsets.UTF_8)).isTrue();
        return compiler.toSource() + "\n";
    }
}
