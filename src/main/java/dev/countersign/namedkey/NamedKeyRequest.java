package dev.countersign.namedkey;

import dev.countersign.credential.Caller;
import dev.countersign.project.store.ProjectReference;
import dev.countersign.projectkey.ProjectKeyChange;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads and holds the body of a request that makes a client key of a name, and turns the body into a new key or a change. A
 * member that the request leaves out stays as it is, or has its default in a new key.
 *
 * @param name the name in the path
 * @param publicKey the public key of a new key; a stored key must have the same
 * @param secretKey the secret key of a new key; a stored key must have the same
 */
@Schemas("""
        NamedKeyPut:
          like: keyMembers
          description: What is left out stays as it is, or has its default in a new key.
          properties:
            name: {type: [string, number, "null"], maxLength: 64, description: The name in the path; may be left out.}
            public: {type: [string, "null"], pattern: "^[a-f0-9]{32}$", description: Of a new key; a stored key must have it.}
            secret: {type: [string, "null"], pattern: "^[a-f0-9]{32}$", description: Of a new key; a stored key must have it.}
            useCase: {type: string, enum: [user], description: Named keys have no other.}
          examples: [{rateLimit: {window: 7200, count: 1000}}]
        """)
record NamedKeyRequest(String name, ProjectKeyChange change, Member<String> publicKey, Member<String> secretKey) {

    private static final Set<String> USE_CASES = Set.of(KeyIdentity.DEFAULT_USE_CASE);

    static NamedKeyRequest read(String name, RequestFields fields) {
        ProjectKeyChange change = ProjectKeyChange.read(fields);
        String sent = change.name().or("");
        if (!sent.isEmpty() && !sent.equals(name)) {
            fields.refuse("name", "This is not the name in the path.");
        }
        NamedKeyRequest request = new NamedKeyRequest(
                name, change, fields.text("public", KeyIdentity.KEY), fields.text("secret", KeyIdentity.KEY));
        fields.choice("useCase", USE_CASES);
        fields.check();
        return request;
    }

    /** Makes the key where the project has none of this name. */
    ProjectKey create(Caller caller, ProjectReference project) {
        return change.toRow(caller)
                .applyTo(ProjectKey.create(caller, project, KeyIdentity.named(name, publicKey, secretKey)));
    }

    /**
     * Checks that a stored key has the public and the secret key that were sent, because neither ever changes.
     *
     * @throws ApiException.Invalid where one of them differs
     */
    void requireKeysOf(ProjectKey stored) {
        Map<String, Object> errors = new LinkedHashMap<>();
        publicKey.ifValue(sent -> requireEqual(errors, "public", sent, stored.publicKey));
        secretKey.ifValue(sent -> requireEqual(errors, "secret", sent, stored.secretKey));
        if (!errors.isEmpty()) {
            throw new ApiException.Invalid(errors);
        }
    }

    private static void requireEqual(Map<String, Object> errors, String member, String sent, String stored) {
        if (!sent.equals(stored)) {
            errors.put(member, List.of("The client key of this name has another " + member + " key."));
        }
    }
}
