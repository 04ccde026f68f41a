package dev.countersign.loader.sdk;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the exact version of the SDK, such as {@code 10.78.0}, for the choice of a client key, such as {@code 10.x}. */
public final class SdkVersions {

    private static final Pattern EXACT = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,6})\\.([0-9]{1,6})");
    private static final Pattern CHOICE = Pattern.compile("([0-9]{1,4})\\.x");

    /** The choice of Sentry's first loader, which means a version that came before the major version 8. */
    private static final String LATEST = "latest";

    private static final int AFTER_LATEST = 8;

    private final TreeMap<Integer, String> byMajor = new TreeMap<>();

    /**
     * Takes the highest version of each major version.
     *
     * @throws IllegalArgumentException if a version is not three numbers; the message continues a sentence after the value
     */
    public SdkVersions(Collection<String> exact) {
        Map<Integer, Long> highest = new TreeMap<>();
        for (String text : exact) {
            Matcher version = EXACT.matcher(text);
            if (!version.matches()) {
                throw new IllegalArgumentException("is not a list of versions such as 9.47.2,10.78.0");
            }
            int major = Integer.parseInt(version.group(1));
            long rank = Long.parseLong(version.group(2)) * 1_000_000 + Long.parseLong(version.group(3));
            if (rank >= highest.getOrDefault(major, 0L)) {
                highest.put(major, rank);
                byMajor.put(major, text);
            }
        }
    }

    /** Whether a text is an exact version. */
    static boolean isExact(String text) {
        return EXACT.matcher(text).matches();
    }

    /** The exact version for a choice; the newest one where there is none of its major version, and null without any. */
    @Nullable
    String find(String choice) {
        Matcher major = CHOICE.matcher(choice);
        Map.Entry<Integer, String> found = null;
        if (choice.equals(LATEST)) {
            found = byMajor.lowerEntry(AFTER_LATEST);
        } else if (major.matches()) {
            found = byMajor.floorEntry(Integer.parseInt(major.group(1)));
            if (found != null && found.getKey() != Integer.parseInt(major.group(1))) {
                found = null;
            }
        }
        Map.Entry<Integer, String> chosen = found == null ? byMajor.lastEntry() : found;
        return chosen == null ? null : chosen.getValue();
    }

    /** The major version of an exact version. */
    static int major(String exact) {
        return Integer.parseInt(exact.substring(0, exact.indexOf('.')));
    }
}
