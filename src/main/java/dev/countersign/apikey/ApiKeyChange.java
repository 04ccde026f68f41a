package dev.countersign.apikey;

import dev.countersign.auth.AllowedOrigins;
import dev.countersign.auth.ApiKey;
import dev.countersign.auth.Caller;
import dev.countersign.auth.Scope;
import dev.countersign.submission.Fields;
import dev.countersign.submission.Sent;
import dev.countersign.submission.Text;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** The members of a request that creates or changes an API key; what was not sent stays as it is. */
record ApiKeyChange(
        Sent<String> label,
        Sent<List<String>> scopes,
        Sent<String> status,
        Sent<List<String>> allowedOrigins,
        Sent<Instant> dateExpires) {

    private static final Text LABEL = Text.upTo(ApiKey.MAX_LABEL_LENGTH);
    private static final int MAX_ORIGIN_LENGTH = 255;
    private static final int MAX_ORIGINS = 100;
    private static final Set<String> STATUSES = Set.of(ApiKeyResponse.ACTIVE, ApiKeyResponse.DISABLED);

    /** Reads what creating takes: a scope list is required, the label too. */
    static ApiKeyChange readNew(Fields fields) {
        fields.require("scope_list");
        return read(fields, LABEL.required());
    }

    static ApiKeyChange read(Fields fields) {
        return read(fields, LABEL);
    }

    private static ApiKeyChange read(Fields fields, Text label) {
        ApiKeyChange change = new ApiKeyChange(
                fields.text("label", label),
                scopes(fields),
                fields.choice("status", STATUSES),
                origins(fields),
                time(fields));
        fields.check();
        return change;
    }

    /** Writes what was sent to a key. */
    void apply(ApiKey key, Caller caller) {
        label.ifValue(value -> key.label = value);
        scopes.ifValue(key::grant);
        status.ifValue(value -> key.active = value.equals(ApiKeyResponse.ACTIVE));
        if (allowedOrigins.present()) {
            key.allowOrigins(allowedOrigins.or(List.of()));
        }
        if (dateExpires.present()) {
            key.dateExpires = dateExpires.value();
        }
        key.changedBy = caller.name();
    }

    /** Any scope: whoever has org:admin owns the organization. */
    private static Sent<List<String>> scopes(Fields fields) {
        Sent<List<String>> scopes = fields.texts("scope_list", Text.upTo(64));
        for (String scope : scopes.or(List.of())) {
            if (!Scope.ALL.contains(scope)) {
                return fields.refuse("scope_list", "\"" + scope + "\" is not a valid choice.");
            }
        }
        return scopes.value() != null && scopes.value().isEmpty()
                ? fields.refuse("scope_list", "This list may not be empty.")
                : scopes;
    }

    private static Sent<List<String>> origins(Fields fields) {
        Sent<List<String>> origins =
                fields.texts("allowed_origins", Text.upTo(MAX_ORIGIN_LENGTH).nullable());
        if (origins.or(List.of()).size() > MAX_ORIGINS) {
            return fields.refuse("allowed_origins", "At most " + MAX_ORIGINS + " origins are accepted.");
        }
        for (String origin : origins.or(List.of())) {
            if (!AllowedOrigins.isRule(origin)) {
                return fields.refuse("allowed_origins", "An origin looks like https://app.example.com.");
            }
        }
        return origins;
    }

    private static Sent<Instant> time(Fields fields) {
        Sent<String> text = fields.text("dateExpires", Text.upTo(64).nullable());
        if (text.value() == null) {
            return text.present() ? Sent.of(null) : Sent.absent();
        }
        try {
            return Sent.of(OffsetDateTime.parse(text.value()).toInstant().truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeParseException e) {
            return fields.refuse("dateExpires", "Datetime has wrong format. Use 2030-01-31T00:00:00Z.");
        }
    }
}
