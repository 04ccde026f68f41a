package dev.countersign.gate.known;

/**
 * A client key as the gate knows it. A changed row is a new object, so that all members belong together; only the time
 * of the last use changes.
 */
public final class KnownKey {

    /** The value of {@link #expiresMillis} of a key that never expires. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The id of the key. */
    public final long id;

    /** The public key, 32 lower-case hexadecimal digits. */
    public final String publicKey;

    /** The id of the organization. */
    public final long organizationId;

    /** The slug of the organization. */
    public final String organization;

    /** The id of the project. */
    public final long projectId;

    /** Whether the key is switched on; an expired key may be. */
    public final boolean active;

    /** When the key expires, in milliseconds since 1970 by the clock of the database; or {@link #NEVER}. */
    public final long expiresMillis;

    /** The window of the rate limit, in seconds; 0 without a limit. */
    public final int window;

    /** The most events in a window; 0 is no limit. */
    public final int count;

    /** From which web pages the project takes events. */
    public final AllowedDomains domains;

    /** When an event last asked for the key, in seconds since 1970 by the clock of the database; 0 is never. */
    public volatile long lastSeenSecond;

    KnownKey(
            long id,
            String publicKey,
            long organizationId,
            String organization,
            long projectId,
            boolean active,
            long expiresMillis,
            int window,
            int count,
            AllowedDomains domains,
            long lastSeenSecond) {
        this.id = id;
        this.publicKey = publicKey;
        this.organizationId = organizationId;
        this.organization = organization;
        this.projectId = projectId;
        this.active = active;
        this.expiresMillis = expiresMillis;
        this.window = window;
        this.count = count;
        this.domains = domains;
        this.lastSeenSecond = lastSeenSecond;
    }

    /** Leaves all but the public key out. */
    @Override
    public String toString() {
        return publicKey;
    }
}
