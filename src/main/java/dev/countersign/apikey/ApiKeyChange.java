package dev.countersign.apikey;

import dev.countersign.credential.AllowedOrigins;
import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.postgres.row.RowChange;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import dev.countersign.web.member.TimeMember;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Reads and holds the body of a request that creates or changes an API key: its label, scopes, status, allowed origins and end
 * date. An absent member leaves its column unchanged.
 */
@Schemas("""
        ApiKeyCreate:
          like: apiKeyMembers
          required: [label, scope_list]
          examples: [{label: ci, scope_list: ["project:read", "project:write"], dateExpires: "2030-01-31T00:00:00Z"}]
        ApiKeyUpdate:
          like: apiKeyMembers
          examples: [{label: ci, scope_list: ["project:read"]}]
        apiKeyMembers:
          properties:
            label: Name64
            scope_list: Scopes
            status: {type: string, enum: [active, disabled]}
            allowed_origins: Origins
            dateExpires: Expiry
        Scopes:
          type: array
          minItems: 1
          items:
            enum: ["project:read", "project:write", "project:admin", "project:releases", "team:read", "team:write",
              "team:admin", "event:read", "event:write", "event:admin", "org:read", "org:write", "org:admin",
              "org:integrations", "org:ci", "member:read", "member:write", "member:admin", "alerts:read", "alerts:write",
              "gate:check"]
        Origins:
          type: [array, "null"]
          description: Such as https://app.example.com or *.example.com. None means any.
          maxItems: 100
          items:
            type: string
            maxLength: 255
            pattern: '^(?:\\*|https?://(?:\\*\\.)?(?:[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)*\
        |\\[(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}\\])(?::[0-9]{1,5})?\
        |(?:\\*\\.[a-zA-Z0-9-]+|[a-zA-Z0-9-]+\\.[a-zA-Z0-9-]+)(?:\\.[a-zA-Z0-9-]+)*(?::[0-9]{1,5})?)$'
        Expiry:
          type: [string, "null"]
          format: date-time
          pattern: '^(?:1[0-9]{3}|20[0-9]{2})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])\
        [Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?(?:[Zz]|[+-](?:0[0-9]|1[0-7]):[0-5][0-9])$'
          description: At most 100 years ahead; offsets below 18 hours. Null means never.
        """)
public record ApiKeyChange(
        Member<String> label,
        Member<List<String>> scopes,
        Member<String> status,
        Member<List<String>> allowedOrigins,
        Member<Instant> dateExpires) {

    private static final TextRule LABEL = TextRule.upTo(ApiKey.MAX_LABEL_LENGTH);
    private static final int MAX_ORIGIN_LENGTH = 255;
    private static final int MAX_ORIGINS = 100;
    private static final Set<String> STATUSES = Set.of(ApiKeyResponse.ACTIVE, ApiKeyResponse.DISABLED);

    /** Reads the body of a request that creates a key, which requires {@code label} and {@code scope_list}. */
    static ApiKeyChange readNew(RequestFields fields) {
        fields.require("scope_list");
        return read(fields, LABEL.required());
    }

    public static ApiKeyChange read(RequestFields fields) {
        return read(fields, LABEL);
    }

    private static ApiKeyChange read(RequestFields fields, TextRule label) {
        ApiKeyChange change = new ApiKeyChange(
                fields.text("label", label),
                scopes(fields),
                fields.choice("status", STATUSES),
                origins(fields),
                time(fields));
        fields.check();
        return change;
    }

    /** Whether the request enables the key. */
    public boolean activates() {
        return ApiKeyResponse.ACTIVE.equals(status.value());
    }

    /** Translates the members that were sent into columns of a stored or a new key. */
    public RowChange<ApiKey> toRow(Caller caller) {
        RowChange<ApiKey> row = new RowChange<>(caller.name());
        label.ifValue(value -> row.set(ApiKeyTable.LABEL, value));
        scopes.ifValue(value -> row.set(ApiKeyTable.SCOPES, ApiKey.scopeColumn(value)));
        status.ifValue(value -> row.set(ApiKeyTable.ACTIVE, value.equals(ApiKeyResponse.ACTIVE)));
        allowedOrigins.ifPresent(sent -> row.set(ApiKeyTable.ALLOWED_ORIGINS, ApiKey.originColumn(sent.or(List.of()))));
        dateExpires.ifPresent(sent -> row.set(ApiKeyTable.DATE_EXPIRES, sent.value()));
        return row;
    }

    /** Reads the scopes. A caller with {@code org:admin} owns the organization and may therefore grant every scope. */
    private static Member<List<String>> scopes(RequestFields fields) {
        Member<List<String>> scopes = fields.texts("scope_list", TextRule.upTo(64));
        for (String scope : scopes.or(List.of())) {
            if (!Scope.GRANTABLE.contains(scope)) {
                return fields.refuseChoice("scope_list", scope, Scope.GRANTABLE);
            }
        }
        if (scopes.value() == null) {
            return scopes;
        }
        return scopes.value().isEmpty()
                ? fields.refuse("scope_list", "This list may not be empty.")
                : Member.of(scopes.value().stream().distinct().toList());
    }

    private static Member<List<String>> origins(RequestFields fields) {
        Member<List<String>> origins =
                fields.texts("allowed_origins", TextRule.upTo(MAX_ORIGIN_LENGTH).nullable());
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

    private static Member<Instant> time(RequestFields fields) {
        Member<Instant> time = TimeMember.read(fields, "dateExpires");
        return time.value() != null && TimeMember.isTooFar(time.value(), Instant.now())
                ? fields.refuse("dateExpires", TimeMember.TOO_FAR)
                : time;
    }
}
