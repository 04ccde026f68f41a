package dev.countersign.transfer.row;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds a client key that an import has read, with the values for a temporary table of the import.
 *
 * @param id null gives the key a new id
 * @param publicKey 32 lower-case hexadecimal digits, as the secret key
 * @param secretKey null makes one
 * @param limit the window in seconds and the count of events, or null
 * @param browserSdkVersion null means the version that the age of the project gives
 * @param loader the options of the loader that are on, by their names in the API
 * @param dateAdded null means the time of the import
 * @param dateExpires null means never
 * @param replacedBy the public key of the key that replaced this one, or null
 */
public record KeyRow(
        @Nullable Long id,
        long projectId,
        String label,
        String publicKey,
        @Nullable String secretKey,
        boolean active,
        @Nullable Limit limit,
        @Nullable String browserSdkVersion,
        Set<String> loader,
        String useCase,
        @Nullable Instant dateAdded,
        @Nullable Instant dateExpires,
        @Nullable String replacedBy)
        implements ImportedRow {

    /** Holds a rate limit: so many events in so many seconds, both at least 1. */
    public record Limit(int window, int count) {}

    @Override
    public StagedTable table() {
        return StagedTable.KEY;
    }

    @Override
    public @Nullable Object[] values() {
        return new @Nullable Object[] {
            id,
            projectId,
            label,
            publicKey,
            secretKey,
            active,
            limit == null ? null : limit.window(),
            limit == null ? null : limit.count(),
            browserSdkVersion,
            loader.contains("hasReplay"),
            loader.contains("hasPerformance"),
            loader.contains("hasDebug"),
            loader.contains("hasFeedback"),
            loader.contains("hasLogsAndMetrics"),
            useCase,
            dateAdded,
            dateExpires,
            replacedBy
        };
    }

    /** Leaves the secret key out. */
    @Override
    public String toString() {
        return publicKey;
    }
}
