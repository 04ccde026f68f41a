package dev.countersign.gate.request;

import org.jspecify.annotations.Nullable;

/**
 * Parses the path with which a client sends events, such as {@code /api/7/envelope/}, and holds the project and key that it
 * names. An allow-list on the raw text decides: after the project only letters, digits, {@code -._~} and single slashes pass.
 * Such a path has one form only, so the gate and the store cannot read it differently.
 *
 * @param projectId the project
 * @param key the public key that the path names; null if the path names none
 * @param envelope whether the body is an envelope
 * @param limited whether a submission to this path may count against the rate limit of its key
 */
record IngestPath(long projectId, @Nullable String key, boolean envelope, boolean limited) {

    private static final String API = "/api/";
    private static final int MAX_DIGITS = 19;

    /**
     * Reads a path.
     *
     * @param prefix the setting of what precedes {@code /api/}; may be empty
     * @param target the path, and perhaps more text
     * @param end where the path ends
     * @return null for a path that does not pass
     */
    static @Nullable IngestPath parse(String prefix, String target, int end) {
        int digits = prefix.length() + API.length();
        if (digits > end || !target.startsWith(prefix) || !target.startsWith(API, prefix.length())) {
            return null;
        }
        int slash = target.indexOf('/', digits);
        if (slash < 0 || slash >= end) {
            return null;
        }
        long project = project(target, digits, slash);
        return project > 0 && isPlain(target, slash, end) ? of(project, target, slash + 1, end) : null;
    }

    /** The project from 1 to 2^63-1 without leading zeros, or 0 for another text. */
    private static long project(String target, int from, int to) {
        if (to - from < 1 || to - from > MAX_DIGITS || target.charAt(from) == '0') {
            return 0;
        }
        long project = 0;
        for (int i = from; i < to; i++) {
            char digit = target.charAt(i);
            if (digit < '0' || digit > '9') {
                return 0;
            }
            project = project * 10 + (digit - '0');
            if (project < 0) {
                return 0; // Nineteen digits exceed 2^63-1 by less than 2^63, so the sign tells.
            }
        }
        return project;
    }

    /** Whether a text that begins with a slash has allowed characters, no empty segment and no dot segment. */
    private static boolean isPlain(String target, int slash, int end) {
        int segment = slash + 1;
        for (int i = segment; i < end; i++) {
            char character = target.charAt(i);
            if (character == '/') {
                if (i == segment || isDots(target, segment, i)) {
                    return false;
                }
                segment = i + 1;
            } else if (!isUnreserved(character)) {
                return false;
            }
        }
        return !isDots(target, segment, end);
    }

    private static boolean isDots(String target, int from, int to) {
        int length = to - from;
        return (length == 1 && target.charAt(from) == '.')
                || (length == 2 && target.charAt(from) == '.' && target.charAt(from + 1) == '.');
    }

    private static boolean isUnreserved(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '.'
                || character == '_'
                || character == '~';
    }

    private static IngestPath of(long project, String target, int from, int end) {
        int first = segmentEnd(target, from, end);
        return switch (first - from) {
            case 4 ->
                target.startsWith("cron", from)
                        ? new IngestPath(
                                project, segment(target, segmentEnd(target, first + 1, end) + 1, end), false, false)
                        : plain(project);
            case 6 ->
                target.startsWith("unreal", from)
                        ? new IngestPath(project, segment(target, first + 1, end), false, true)
                        : plain(project);
            case 8 -> new IngestPath(project, null, target.startsWith("envelope", from), true);
            case 11 -> new IngestPath(project, null, false, !target.startsWith("integration", from));
            default -> plain(project);
        };
    }

    private static IngestPath plain(long project) {
        return new IngestPath(project, null, false, true);
    }

    private static int segmentEnd(String target, int from, int end) {
        if (from >= end) {
            return end;
        }
        int slash = target.indexOf('/', from);
        return slash < 0 || slash > end ? end : slash;
    }

    /** The segment that begins here, or null where the path has ended. */
    private static @Nullable String segment(String target, int from, int end) {
        return from >= end ? null : target.substring(from, segmentEnd(target, from, end));
    }
}
