package dev.countersign.relay.registration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.relay.signature.RelayKey;
import dev.countersign.relay.trusted.Relay;
import dev.countersign.web.body.RequestBody;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and holds the body of a registration. Sentry checks the members first; Relay's library parses the body after the
 * signature header was found, more strictly: {@link #parse}.
 *
 * @param relayId the member {@code relay_id}
 * @param publicKey the member {@code public_key}, or null
 * @param token the member {@code token}, or null
 * @param fields all members
 */
@Schemas("""
        RelayChallengeRequest:
          required: [relay_id, public_key]
          properties:
            relay_id: {like: relayId}
            public_key: {type: string, maxLength: 64, description: 32 bytes in base64url without padding.}
            version: {like: relayVersion}
          examples: [{relay_id: 4b0a6a4e-2f0c-4c7e-9a39-0f5d2b6a7c11, public_key: JOaR2bHZ31zYjFojC7UhPOidzfT3qOQgT9WEBw1JAKU}]
        RelayRegistrationRequest:
          required: [relay_id, token]
          properties:
            relay_id: {like: relayId}
            token: {type: string, description: The token of the challenge.}
            version: {like: relayVersion}
        relayId: {type: string, pattern: '^[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}$'}
        relayVersion: {type: string, description: "Such as 26.10.0."}
        """)
record RegistrationRequest(
        String relayId,
        @Nullable String publicKey,
        @Nullable String token,
        RequestFields fields) {

    private static final TextRule ID_RULE = TextRule.upTo(Integer.MAX_VALUE)
            .matching(Relay.REGISTRABLE, "This value does not match the required pattern.")
            .required();
    private static final TextRule KEY_RULE = TextRule.upTo(64).blank();
    private static final TextRule TOKEN_RULE = TextRule.upTo(Integer.MAX_VALUE).required();
    private static final TextRule VERSION_RULE = TextRule.upTo(64).blank();
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}[.][0-9]{1,9}[.][0-9]{1,9}(?:[^0-9].*)?");
    private static final String MALFORMED = "could not deserialize payload";

    /** Reads the body of the first request, whose key may be absent. */
    static RegistrationRequest readChallenge(RequestBody body) {
        RequestFields fields = json(body);
        String id = fields.text("relay_id", ID_RULE).or("");
        String key = fields.text("public_key", KEY_RULE).value();
        fields.text("version", VERSION_RULE);
        fields.check();
        return new RegistrationRequest(id, key, null, fields);
    }

    /** Reads the body of the second request. */
    static RegistrationRequest readResponse(RequestBody body) {
        RequestFields fields = json(body);
        String id = fields.text("relay_id", ID_RULE).or("");
        String token = fields.text("token", TOKEN_RULE).value();
        fields.text("version", VERSION_RULE);
        fields.check();
        return new RegistrationRequest(id, null, token, fields);
    }

    /**
     * The public key, if the members are what Relay's library takes.
     *
     * @throws ApiException.BadRequest otherwise
     */
    RelayKey parse() {
        parseCommon();
        try {
            return RelayKey.require(text("public_key"));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    /**
     * The token, if the members are what Relay's library takes.
     *
     * @throws ApiException.BadRequest otherwise
     */
    String parseToken() {
        parseCommon();
        return text("token");
    }

    private void parseCommon() {
        JsonNode version = fields.raw("version");
        if (Relay.id(text("relay_id")) == null
                || (version != null
                        && !VERSION.matcher(version.isTextual() ? version.textValue() : "")
                                .matches())) {
            throw malformed();
        }
    }

    /** The text as it was sent: with surrounding white space it is another text. */
    private String text(String name) {
        JsonNode member = Objects.requireNonNull(fields.raw(name), name);
        if (!member.isTextual()) {
            throw malformed();
        }
        return member.textValue();
    }

    private static ApiException malformed() {
        return new ApiException.BadRequest(MALFORMED);
    }

    private static RequestFields json(RequestBody body) {
        try {
            return body.jsonFields();
        } catch (ApiException.BadRequest malformed) {
            throw new ApiException.BadRequest("No valid json body").explain(malformed.getMessage());
        }
    }
}
