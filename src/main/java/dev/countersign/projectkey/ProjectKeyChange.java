package dev.countersign.projectkey;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.row.RowChange;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.projectkey.store.BrowserSdk;
import dev.countersign.projectkey.store.LoaderOptions;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.ProjectKeyTable;
import dev.countersign.ratelimit.RateLimit;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TimeMember;
import java.time.Instant;
import java.util.Objects;

/**
 * Reads and holds the members that a request sets when it creates or changes a client key. An absent member leaves its column
 * unchanged.
 */
@Schemas("""
        ProjectKeyUpdate:
          like: keyMembers
          description: What is left out stays as it is; so does the name where it is empty or null.
          examples: [{name: Fabulous Key, isActive: false, rateLimit: null}]
        keyMembers:
          properties:
            name: OptionalName
            rateLimit: RateLimitRequest
            isActive: Flag
            dateExpires: Expiry
            browserSdkVersion: {type: string, enum: [latest, 10.x, 9.x, 8.x, 7.x, 6.x, 5.x, 4.x]}
            dynamicSdkLoaderOptions: LoaderOptionsRequest
        """)
public record ProjectKeyChange(
        Member<String> name,
        Member<Boolean> isActive,
        Member<Instant> dateExpires,
        Member<RateLimit> rateLimit,
        Member<String> browserSdkVersion,
        Member<LoaderOptions.Change> loaderOptions) {

    private static final String DATE_EXPIRES = "dateExpires";

    public static ProjectKeyChange read(RequestFields fields) {
        return new ProjectKeyChange(
                fields.text("name", KeyIdentity.NAME),
                fields.bool("isActive"),
                TimeMember.read(fields, DATE_EXPIRES),
                RateLimit.read(fields),
                fields.choice("browserSdkVersion", BrowserSdk.VERSIONS),
                loaderOptions(fields));
    }

    /** Reads only the end, for a key whose other members come from another key. */
    public static ProjectKeyChange readEnd(RequestFields fields) {
        return new ProjectKeyChange(
                Member.absent(),
                Member.absent(),
                TimeMember.read(fields, DATE_EXPIRES),
                Member.absent(),
                Member.absent(),
                Member.absent());
    }

    /**
     * Reads the loader options. A text changes nothing, as in Sentry. All other values except an object and null are
     * refused.
     */
    private static Member<LoaderOptions.Change> loaderOptions(RequestFields fields) {
        String name = "dynamicSdkLoaderOptions";
        return fields.isText(name) ? Member.absent() : fields.object(name, true, LoaderOptions.Change::read);
    }

    /** Whether the request says if the key shall be active, or when the key ends. */
    public boolean setsActivity() {
        return isActive.present() || dateExpires.present();
    }

    /** Whether the request sets another end than the key has. An equal end is no change, even if it has passed. */
    public boolean movesEndOf(ProjectKey stored) {
        return dateExpires.present() && !Objects.equals(dateExpires.value(), stored.dateExpires());
    }

    /**
     * Checks the new end.
     *
     * @param now the time of the database
     * @throws ApiException.Invalid where the end is not after this time, or more than a hundred years after
     */
    public void requireEndAhead(Instant now) {
        dateExpires.ifValue(end -> {
            if (!end.isAfter(now)) {
                throw ApiException.Invalid.field(DATE_EXPIRES, "Ensure this date is in the future.");
            }
            if (TimeMember.isTooFar(end, now)) {
                throw ApiException.Invalid.field(DATE_EXPIRES, TimeMember.TOO_FAR);
            }
        });
    }

    /**
     * Translates the members that were sent into columns of a key that was read. A client may send a whole answer back: if the
     * key is inactive only because it has expired, {@code isActive: false} does not switch the key off, unless the request
     * also moves the end.
     *
     * @throws ApiException.Invalid where the request switches on a key that has expired, without another end
     */
    RowChange<ProjectKey> toRow(Caller caller, ProjectKey stored) {
        if (!stored.isExpired() || movesEndOf(stored)) {
            return toRow(caller);
        }
        if (isActive.or(false)) {
            throw ApiException.Invalid.field(
                    "isActive", "The client key has expired. Send a later dateExpires, or null, in the same request.");
        }
        return stored.isSwitchedOn() ? withoutActivity().toRow(caller) : toRow(caller);
    }

    private ProjectKeyChange withoutActivity() {
        return new ProjectKeyChange(name, Member.absent(), dateExpires, rateLimit, browserSdkVersion, loaderOptions);
    }

    /** Translates the members that were sent into columns of a new key, or of a stored key that has not expired. */
    public RowChange<ProjectKey> toRow(Caller caller) {
        RowChange<ProjectKey> row = new RowChange<>(caller.name());
        name.ifValue(value -> {
            if (!value.isEmpty()) {
                row.set(ProjectKeyTable.LABEL, value);
            }
        });
        isActive.ifValue(value -> row.set(ProjectKeyTable.ACTIVE, value));
        dateExpires.ifPresent(sent -> row.set(ProjectKeyTable.DATE_EXPIRES, sent.value()));
        rateLimit.ifPresent(sent -> {
            RateLimit limit = sent.value();
            row.set(ProjectKeyTable.RATE_LIMIT_WINDOW, limit == null ? null : limit.window());
            row.set(ProjectKeyTable.RATE_LIMIT_COUNT, limit == null ? null : limit.count());
        });
        browserSdkVersion.ifValue(value -> row.set(ProjectKeyTable.BROWSER_SDK_VERSION, value));
        loaderOptions.ifValue(change -> change.set(row));
        return row;
    }
}
