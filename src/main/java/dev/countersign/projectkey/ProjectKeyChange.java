package dev.countersign.projectkey;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.row.RowChange;
import dev.countersign.projectkey.store.BrowserSdk;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.projectkey.store.LoaderOptions;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.ProjectKeyTable;
import dev.countersign.ratelimit.RateLimit;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;

/**
 * Reads the members that a request sets when it creates or changes a client key. An absent member leaves its column
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
            browserSdkVersion: {type: string, enum: [latest, 10.x, 9.x, 8.x, 7.x, 6.x, 5.x, 4.x]}
            dynamicSdkLoaderOptions: LoaderOptionsRequest
        """)
public record ProjectKeyChange(
        Member<String> name,
        Member<Boolean> isActive,
        Member<RateLimit> rateLimit,
        Member<String> browserSdkVersion,
        Member<LoaderOptions.Change> loaderOptions) {

    public static ProjectKeyChange read(RequestFields fields) {
        return new ProjectKeyChange(
                fields.text("name", KeyIdentity.NAME),
                fields.bool("isActive"),
                RateLimit.read(fields),
                fields.choice("browserSdkVersion", BrowserSdk.VERSIONS),
                loaderOptions(fields));
    }

    /**
     * Reads the loader options. A text changes nothing, as in Sentry. All other values except an object and null are
     * refused.
     */
    private static Member<LoaderOptions.Change> loaderOptions(RequestFields fields) {
        String name = "dynamicSdkLoaderOptions";
        return fields.isText(name) ? Member.absent() : fields.object(name, true, LoaderOptions.Change::read);
    }

    /** Translates the members that were sent into columns of a stored or a new key. */
    public RowChange<ProjectKey> toRow(Caller caller) {
        RowChange<ProjectKey> row = new RowChange<>(caller.name());
        name.ifValue(value -> {
            if (!value.isEmpty()) {
                row.set(ProjectKeyTable.LABEL, value);
            }
        });
        isActive.ifValue(value -> row.set(ProjectKeyTable.ACTIVE, value));
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
