package dev.countersign.apikey;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Secret;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A credential of one organization. */
@Entity
@Table(name = "api_key")
public class ApiKey {

    /** The greatest length of a label, in characters. */
    public static final int MAX_LABEL_LENGTH = 64;

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public @Nullable Long id;

    @Column(updatable = false)
    public long organizationId;

    public String label;

    byte[] keyHash;

    /** Separated by spaces. */
    String scopes;

    public boolean active;

    /** Separated by new lines; empty means any. */
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

    /** A new, active key without scopes, without an end and without a limit to origins. */
    public static ApiKey create(Caller creator, long organizationId, Secret secret) {
        return new ApiKey(creator, organizationId, secret);
    }

    /** The scopes it was given. */
    public List<String> scopes() {
        return scopes.isEmpty() ? List.of() : List.of(scopes.split(" "));
    }

    /** The origins from which browsers may use it; none means any. */
    public List<String> allowedOrigins() {
        return allowedOrigins.isEmpty() ? List.of() : List.of(allowedOrigins.split("\n"));
    }

    /** The column of scopes; one that is named twice counts once. */
    static String scopeColumn(List<String> scopes) {
        return String.join(" ", new LinkedHashSet<>(scopes));
    }

    /** The column of origins. */
    static String originColumn(List<String> origins) {
        return String.join("\n", origins);
    }

    /** The id, once stored. */
    public long requireId() {
        if (id == null) {
            throw new IllegalStateException("not stored yet");
        }
        return id;
    }
}
