package dev.countersign.web.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Generates bodies: known members with unexpected values, and malformed text. */
final class HostileBodies {

    /** Names of members, with the empty name. */
    private static final List<String> MEMBERS = List.of((" " + """
            name slug label platform public secret rateLimit window count isActive browserSdkVersion
            dynamicSdkLoaderOptions hasReplay useCase scope_list allowed_origins dateExpires status options
            digestsMinDelay resolveAge highlightContext allowedDomains default_rules idp_provisioned x
            __proto__ id""").split("\\s"));
    /** JSON values, separated by two blanks or a line break. */
    private static final List<String> SCALARS = List.of("""
            null  true  false  0  -1  1  60  2147483648  9223372036854775808  1e400  1e-400  1e131000
            1e200000  1e-2147483648  1e99999999999  3.14159265358979323846  1.5  -0  ""  "x"  "true"  "60"
            " "  "\\u0000"  "\\ud800"  "\\udfff\\ud800"  {"k":["\\udbff"]}
            "\\r\\nSet-Cookie: a=b"  "\u00e4\u20ac"  "<script>"  "'; drop table x; --"
            "2030-01-31T00:00:00Z"  "9.x"  "project:read"  "0123456789abcdef0123456789abcdef"  "%00%2f.."
            "-"  "12345"  "\\u202e"  "active"  "disabled"\
            """.split("  |\n"));

    private final Random random;

    HostileBodies(Random random) {
        this.random = random;
    }

    /** The next body, mostly in the format of the content type. */
    byte[] next(String type) {
        String text = type.contains("urlencoded") ? form() : type.startsWith("multipart") ? multipart() : json();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(12)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> flip(bytes);
            case 2 -> ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
            case 3 -> text.getBytes(StandardCharsets.UTF_16);
            default -> bytes;
        };
    }

    private byte[] flip(byte[] bytes) {
        for (int i = 0; bytes.length > 0 && i < 3; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private String json() {
        return switch (random.nextInt(20)) {
            case 0 -> "[".repeat(random.nextInt(2000));
            case 1 -> "{\"a\":".repeat(random.nextInt(500));
            case 2 -> value(0);
            case 3 -> "";
            default -> object(0);
        };
    }

    private String object(int depth) {
        StringBuilder object = new StringBuilder("{");
        for (int i = random.nextInt(6); i > 0; i--) {
            object.append('"')
                    .append(pick(MEMBERS))
                    .append("\":")
                    .append(value(depth + 1))
                    .append(i > 1 ? "," : "");
        }
        return object.append('}').toString();
    }

    private String value(int depth) {
        return switch (depth > 4 ? 9 : random.nextInt(12)) {
            case 0 -> object(depth);
            case 1 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
            case 2 -> "[]";
            case 3 -> "\"" + pick(List.of("x", "\u20ac", "a-", "9")).repeat(random.nextInt(400)) + "\"";
            case 4 -> "9".repeat(1 + random.nextInt(1200));
            default -> pick(SCALARS);
        };
    }

    private String form() {
        StringBuilder form = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            form.append(formName())
                    .append(random.nextInt(8) == 0 ? "" : "=")
                    .append(pick(List.of("", "x", "%00", "%", "%ff", "60", "a.b", "true", "%0d%0a", "+")))
                    .append(i > 1 ? "&" : "");
        }
        return form.toString();
    }

    private String multipart() {
        StringBuilder parts = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            parts.append("--x\r\nContent-Disposition: form-data; name=\"")
                    .append(formName())
                    .append(random.nextInt(4) == 0 ? "\"; filename=\"../x" : "")
                    .append("\"\r\n\r\n")
                    .append(pick(List.of("", "x", "60", "--x", "\u0000")))
                    .append("\r\n");
        }
        return parts.append(random.nextInt(4) == 0 ? "" : "--x--\r\n").toString();
    }

    private String formName() {
        return pick(List.of(
                "name",
                "slug",
                "rateLimit",
                "rateLimit.count",
                "rateLimit.window",
                "a.b",
                "a",
                ".",
                "a.b.c",
                "",
                "isActive"));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
