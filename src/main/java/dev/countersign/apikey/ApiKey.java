package dev.countersign.apikey;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Secret;
import dev.countersign.postgres.table.StoredRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maps a row of the table {@code api_key}: an API key of one organization, with the hash of its secret. */
@Entity
@Table(name = "api_key")
public class ApiKey extends StoredRow {

    /** The greatest length of a label, in characters. */
    public static final int MAX_LABEL_LENGTH = 64;

    @Column(updatable = false)
    public long organizationId;

    public String label;

    byte[] keyHash;

    /** Scope names, separated by spaces. */
    String scopes;

    public boolean active;

    /** Origin rules, separated by new lines; an empty text allows every origin. */
    @Column(columnDefinition = "text")
    String allowedOrigins;

    @Column(updatable = false)
    public Instant dateAdded;

    public @Nullable Instant dateExpires;

    public @Nullable Instant lastUsed;

    public String changedBy;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected ApiKey() {}

    private ApiKey(Caller creator, long organizationId, Secret secret) {
        this.organizationId = organizationId;
        this.label = "";
        this.keyHash = secret.hash();
        this.scopes = "";
        this.active = true;
        this.allowedOrigins = "";
        this.dateAdded = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        this.changedBy = creator.name();
    }

    /** Makes an active key without scopes, without an end and without a limit on origins. */
    public static ApiKey create(Caller creator, long organizationId, Secret secret) {
        return new ApiKey(creator, organizationId, secret);
    }

    /** The scopes that the key was given, without the scopes that these imply. */
    public List<String> scopes() {
        return scopes.isEmpty() ? List.of() : List.of(scopes.split(" "));
    }

    /** The rules for the origins from which browsers may use the key; an empty list allows every origin. */
    public List<String> allowedOrigins() {
        return allowedOrigins.isEmpty() ? List.of() : List.of(allowedOrigins.split("\n"));
    }

    /** Joins scopes to the text of the column {@code scopes}, each scope once. */
    static String scopeColumn(List<String> scopes) {
        return String.join(" ", new LinkedHashSet<>(scopes));
    }

    /** Joins origin rules to the text of the column {@code allowed_origins}. */
    static String originColumn(List<String> origins) {
        return String.join("\n", origins);
    }
}
