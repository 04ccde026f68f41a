package dev.countersign.dsn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds for each configured ingest host, by name, the {@link DsnBuilder} that makes its DSNs, and chooses the host of a
 * client key. The host {@code default} always exists and comes first; the others follow in the order of their names.
 */
public final class IngestHosts {

    /** The name of the host that is used where nobody names another one. */
    public static final String DEFAULT = "default";

    /** The greatest length of a name, in characters. */
    public static final int MAX_NAME_LENGTH = 32;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0," + (MAX_NAME_LENGTH - 1) + "}");
    private static final String RESERVED_END = "-public";

    private final Map<String, DsnBuilder> hosts = new LinkedHashMap<>();
    private final DsnBuilder byDefault;

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException if a name is not allowed, or some SDK would refuse a URL of a host
     */
    public IngestHosts(IngestConfig config) {
        this.byDefault = new DsnBuilder(config.byDefault());
        hosts.put(DEFAULT, byDefault);
        new TreeMap<>(config.named()).forEach((name, host) -> hosts.put(requireName(name), new DsnBuilder(host)));
    }

    /**
     * Checks the name of a host: a lower-case letter, then at most 31 lower-case letters, digits and hyphens. The name {@code
     * default} belongs to the host without a name. A name that ends in {@code -public} could not be told from a shorter one
     * in an environment variable.
     *
     * @throws IllegalArgumentException with a message that continues a sentence after the name
     */
    public static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "is not a lower-case letter and at most 31 lower-case letters, digits and hyphens");
        }
        if (name.equals(DEFAULT)) {
            throw new IllegalArgumentException("is the name of the host that countersign.ingest.endpoint sets");
        }
        if (name.endsWith(RESERVED_END)) {
            throw new IllegalArgumentException("ends in " + RESERVED_END);
        }
        return name;
    }

    /** Whether some configuration may have a host of this name. */
    public static boolean canBeName(String name) {
        return NAME.matcher(name).matches() && !name.endsWith(RESERVED_END);
    }

    /** All hosts by name, {@code default} first. */
    public Map<String, DsnBuilder> byName() {
        return Collections.unmodifiableMap(hosts);
    }

    /** Whether the configuration has a host of this name. */
    public boolean has(String name) {
        return hosts.containsKey(name);
    }

    /** Whether the configuration has no host but {@code default}. */
    public boolean isSingle() {
        return hosts.size() == 1;
    }

    /**
     * Chooses the host for the DSNs of a client key.
     *
     * @param requested the name in the request, which must exist; or null
     * @param stored the name that is stored with the project or the organization, or null; a name that the configuration
     *     does not have means {@code default}
     */
    public DsnBuilder choose(@Nullable String requested, @Nullable String stored) {
        if (requested != null) {
            return Objects.requireNonNull(hosts.get(requested), requested);
        }
        return stored == null ? byDefault : hosts.getOrDefault(stored, byDefault);
    }
}
