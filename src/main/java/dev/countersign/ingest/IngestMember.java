package dev.countersign.ingest;

import dev.countersign.dsn.IngestHosts;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import org.jspecify.annotations.Nullable;

/**
 * Reads and holds the member {@code ingest} of a request that changes a project or an organization: the ingest host for its
 * client keys, or null for none.
 *
 * @param name the member as the client sent it
 * @param isKnown whether the configuration has a host of this name; true where the client sent no name
 */
@Schemas("""
        ingestName:
          type: [string, "null"]
          maxLength: 32
          pattern: '^[a-z][a-z0-9-]*$'
          description: >-
            The name of the ingest host in the DSNs of client keys: default, or one of GET /api/countersign/v1/ingests/. Null
            removes the name.
        """)
public record IngestMember(Member<String> name, boolean isKnown) {

    private static final String MEMBER = "ingest";
    private static final TextRule RULE =
            TextRule.upTo(IngestHosts.MAX_NAME_LENGTH).nullable();

    /**
     * Reads the member. A name that neither the configuration has nor a row can hold is a fault of the fields. Whether a
     * row holds any other unknown name is only known once the row is read, see {@link #orStored}.
     */
    public static IngestMember read(RequestFields fields, IngestHosts hosts) {
        Member<String> sent = fields.text(MEMBER, RULE);
        String name = sent.value();
        if (name == null || hosts.has(name)) {
            return new IngestMember(sent, true);
        }
        return IngestHosts.canBeName(name)
                ? new IngestMember(sent, false)
                : new IngestMember(
                        fields.refuseChoice(MEMBER, name, hosts.byName().keySet()), true);
    }

    /** Whether the client sent the member. */
    public boolean isPresent() {
        return name.present();
    }

    /**
     * The name to store in place of the stored one.
     *
     * @throws ApiException.Invalid if the configuration has no such host, unless the same name is stored already
     */
    public @Nullable String orStored(@Nullable String stored) {
        if (!name.present()) {
            return stored;
        }
        String sent = name.value();
        if (!isKnown && !String.valueOf(sent).equals(stored)) {
            throw ApiException.Invalid.field(MEMBER, "\"" + sent + "\" is not a valid choice.")
                    .explain("GET /api/countersign/v1/ingests/ lists the names of ingest hosts");
        }
        return sent;
    }
}
