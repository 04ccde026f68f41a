package dev.countersign.executable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The methods that a start of the executable runs until its first answers. {@code bench/order} records them in a file: each line has a
 * class without its package, then names of its methods. A constructor has the name {@code ()}.
 */
record StartMethods(Set<String> names) {

    private static final String FILE = "/META-INF/native-image/dev.countersign/countersign/start-methods.txt";

    /** The hash of the parameters, which ends each symbol of an executable. */
    private static final Pattern DIGEST = Pattern.compile("_[0-9A-Za-z]{22}$");

    /** Numbers that differ between builds: those of lambdas and of the steps that Quarkus generates. */
    private static final Pattern NUMBER = Pattern.compile("\\$\\$L[0-9a-f]+|\\d{3,}");

    static StartMethods read() throws IOException {
        try (InputStream file = Objects.requireNonNull(StartMethods.class.getResourceAsStream(FILE), FILE)) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static StartMethods parse(String lines) {
        return new StartMethods(lines.lines().flatMap(StartMethods::methods).collect(Collectors.toUnmodifiableSet()));
    }

    private static Stream<String> methods(String line) {
        String[] words = line.split(" ");
        return Arrays.stream(words).skip(1).map(method -> method.equals("()") ? words[0] : words[0] + "_" + method);
    }

    /** Whether a start runs the method with this symbol, or one with the same name and other parameters. */
    boolean contains(String symbol) {
        return names.contains(
                NUMBER.matcher(DIGEST.matcher(symbol).replaceFirst("")).replaceAll("#"));
    }
}
