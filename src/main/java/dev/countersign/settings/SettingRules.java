package dev.countersign.settings;

import dev.countersign.credential.limit.Networks;
import dev.countersign.dsn.DsnBuilder;
import dev.countersign.dsn.Endpoint;
import dev.countersign.loader.sdk.SdkVersions;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.common.utils.StringUtil;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: makes the rules that check the values of settings, one for each kind of value, such as URL, duration, number
 * or list of networks.
 */
public final class SettingRules {

    private static final String WHITE_SPACE = "(?s).*[\\s\\p{Cntrl}].*";
    private static final String PATH_PREFIX = "(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+";

    private SettingRules() {}

    /** A whole number within bounds. */
    static Setting.Rule number(int min, int max) {
        return value -> {
            try {
                int number = Integer.parseInt(value.strip());
                return number < min ? "is less than " + min : number > max ? "is more than " + max : null;
            } catch (NumberFormatException e) {
                return "is not a whole number from " + min + " to " + max;
            }
        };
    }

    /** A time within bounds, as Quarkus reads one. */
    public static Setting.Rule duration(String min, String max) {
        return value -> {
            Duration duration = duration(value);
            if (duration == null) {
                return "is not a time";
            }
            return duration.compareTo(DurationConverter.parseDuration(min)) < 0
                    ? "is less than " + min
                    : duration.compareTo(DurationConverter.parseDuration(max)) > 0 ? "is more than " + max : null;
        };
    }

    /** A time within bounds, or 0. */
    static Setting.Rule durationOrZero(String min, String max) {
        Setting.Rule rule = duration(min, max);
        return value -> Duration.ZERO.equals(duration(value)) ? null : rule.fault(value);
    }

    /** A time in whole seconds, within bounds. */
    static Setting.Rule wholeSeconds(String min, String max) {
        Setting.Rule rule = duration(min, max);
        return value -> {
            String fault = rule.fault(value);
            Duration duration = duration(value);
            boolean whole = duration == null || duration.equals(Duration.ofSeconds(duration.toSeconds()));
            return fault != null || whole ? fault : "is not of whole seconds";
        };
    }

    /** An amount of memory within bounds, as Quarkus reads one. */
    static Setting.Rule memory(String min, String max) {
        return value -> {
            BigInteger bytes = memory(value);
            if (bytes == null) {
                return "is not an amount of memory";
            }
            return bytes.compareTo(Objects.requireNonNull(memory(min))) < 0
                    ? "is less than " + min
                    : bytes.compareTo(Objects.requireNonNull(memory(max))) > 0 ? "is more than " + max : null;
        };
    }

    /** One of an enum's constants, in lower case and with hyphens. */
    static Setting.Rule choice(Class<? extends Enum<?>> type) {
        String[] choices = Stream.of(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toArray(String[]::new);
        return value -> Stream.of(choices).anyMatch(StringUtil.skewer(value.strip())::equalsIgnoreCase)
                ? null
                : "is none of " + String.join(", ", choices);
    }

    /** True or false. Quarkus would read every other text as false. */
    static @Nullable String flag(String value) {
        return value.strip().matches("(?i)true|false") ? null : "is neither true nor false";
    }

    /** A text of at most some bytes in UTF-8. */
    static Setting.Rule bytes(int max) {
        return value -> value.getBytes(StandardCharsets.UTF_8).length > max ? "is longer than " + max + " bytes" : null;
    }

    /** A base URL of DSNs. */
    static @Nullable String endpoint(String value) {
        return faultOf(() -> Endpoint.parse(value));
    }

    /** A base URL of this service. Unlike in a DSN, the host may contain an underscore. */
    static @Nullable String urlPrefix(String value) {
        String host = value.strip().replaceFirst("/+$", "").replace('_', '-');
        return faultOf(() -> Endpoint.parse(host));
    }

    /** Addresses and networks, separated by commas. */
    static @Nullable String networks(String value) {
        return faultOf(() -> Networks.require(List.of(value.split(",", -1))));
    }

    /** A path that begins with a slash and does not end in one, of letters, digits and {@code ._~-}. */
    static @Nullable String pathPrefix(String value) {
        return value.matches(PATH_PREFIX) ? null : "is not a path such as /ingest, of letters, digits and ._~-";
    }

    /** A subdomain to put before the host of an endpoint. */
    static @Nullable String subdomain(String value) {
        return faultOf(() -> DsnBuilder.requireSubdomain(value));
    }

    /** A URL of files, with at most one {@code %s} for the version and one for the modifier. */
    static @Nullable String sdkUrl(String value) {
        return faultOf(() -> Endpoint.parse(value.replace("%s", "1")));
    }

    /** Versions of three numbers, separated by commas. */
    static @Nullable String sdkVersions(String value) {
        return faultOf(() -> new SdkVersions(List.of(value.split(",", -1))));
    }

    /** A folder that can be read. */
    static @Nullable String folder(String value) {
        try {
            Path path = Path.of(value);
            return !Files.exists(path)
                    ? "does not exist"
                    : !Files.isDirectory(path) ? "is no folder" : Files.isReadable(path) ? null : "cannot be read";
        } catch (InvalidPathException e) {
            return "is not a path";
        }
    }

    /** A file that can be read. */
    public static @Nullable String file(String value) {
        try {
            Path path = Path.of(value);
            if (Files.isDirectory(path)) {
                return "is a folder, not a file";
            }
            return !Files.exists(path) ? "does not exist" : Files.isReadable(path) ? null : "cannot be read";
        } catch (InvalidPathException e) {
            return "is not a path";
        }
    }

    /** Whether a value contains white space or control characters. */
    public static boolean hasWhiteSpace(String value) {
        return value.matches(WHITE_SPACE);
    }

    /** A time as Quarkus reads one, or null. */
    public static @Nullable Duration duration(String value) {
        try {
            return DurationConverter.parseDuration(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable BigInteger memory(String value) {
        try {
            return new MemorySizeConverter().convert(value.strip()).asBigInteger();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** What a reader says of a value that it refuses, or null. */
    static @Nullable String faultOf(Runnable parse) {
        try {
            parse.run();
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
