package dev.countersign.gate.known;

import dev.countersign.gate.source.HexDigits;
import dev.countersign.gate.source.PublicKeyMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds a client key as the gate keeps it in memory: its ids, state, expiry, rate limit, allowed domains and last use. A
 * changed row is a new object, so that all members belong together; only the time of the last use changes.
 */
public final class KnownKey implements PublicKeyMap.Keyed {

    /** The value of {@link #expiresMillis} of a key that never expires. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The id of the key. */
    public final long id;

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

    /** The public key as two numbers: its text would be two more objects a key, which spread the keys in memory. */
    private final long high;

    private final long low;

    /** The counter of the events of this key, which {@code gate.count} keeps here to find it at once; null before the first event. */
    public volatile @Nullable Object counter;

    /** When an event last asked for the key, in seconds since 1970 by the clock of the database; 0 is never. */
    public volatile long lastSeenSecond;

    /** When the database last said all this, by {@link System#nanoTime}. */
    volatile long asked;

    /** While announcements are complete and of this generation, the key is true without asking again. */
    volatile int generation;

    /** Whether a change was announced that is not read yet. */
    volatile boolean stale;

    /** Makes a key with a well-formed public key that was last used at a time, see {@link #lastSeenSecond}. */
    public KnownKey(Row row, long lastSeenSecond) {
        this.id = row.id;
        this.high = HexDigits.half(row.publicKey, 0);
        this.low = HexDigits.half(row.publicKey, 16);
        this.organizationId = row.organizationId;
        this.organization = row.organization;
        this.projectId = row.projectId;
        this.active = row.active;
        this.expiresMillis = row.expiresMillis;
        this.window = row.window;
        this.count = row.count;
        this.domains = row.domains;
        this.lastSeenSecond = lastSeenSecond;
    }

    /**
     * Notes that the database has said all this.
     *
     * @param when when it was asked, by {@link System#nanoTime}
     * @param announcements the generation of announcements at that time
     */
    void confirm(long when, int announcements) {
        asked = when;
        generation = announcements;
        stale = false;
    }

    /** The public key, 32 lower-case hexadecimal digits. */
    public String publicKey() {
        return HexDigits.text(high, low);
    }

    /** What the database says of the key, in the words of the members above. */
    Row row() {
        return new Row(
                id,
                publicKey(),
                organizationId,
                organization,
                projectId,
                active,
                expiresMillis,
                window,
                count,
                domains);
    }

    @Override
    public long high() {
        return high;
    }

    @Override
    public long low() {
        return low;
    }

    /** Leaves all but the public key out. */
    @Override
    public String toString() {
        return publicKey();
    }

    /** Holds the values of a key that stand in the database. */
    public record Row(
            long id,
            String publicKey,
            long organizationId,
            String organization,
            long projectId,
            boolean active,
            long expiresMillis,
            int window,
            int count,
            AllowedDomains domains) {

        /** Also equal to the row of a key in memory, so that an unchanged key stays the same object. */
        boolean isOf(@Nullable KnownKey key) {
            return key != null && equals(key.row());
        }
    }
}
