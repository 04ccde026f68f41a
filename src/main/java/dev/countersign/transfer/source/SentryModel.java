package dev.countersign.transfer.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lists the kinds of objects of {@code sentry export} that are imported and exported, and the names of some members of client
 * keys.
 */
public enum SentryModel {
    ORGANIZATION,
    ORGANIZATIONOPTION,
    TEAM,
    PROJECT,
    PROJECTTEAM,
    PROJECTREDIRECT,
    PROJECTOPTION,
    PROJECTKEY;

    /** The members of {@code data} of a client key in which Sentry keeps the choices for the loader. */
    public static final String SDK_VERSION = "browserSdkVersion";

    public static final String LOADER = "dynamicSdkLoaderOptions";
    /** The member of {@code data} in which this service keeps what Sentry does not have. */
    public static final String OWN = "countersign";

    public static final String DATE_EXPIRES = "dateExpires";
    public static final String REPLACED_BY = "replacedBy";

    private static final Map<String, SentryModel> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(SentryModel::model, Function.identity()));

    /** The name in an export, such as {@code sentry.projectkey}. */
    public String model() {
        return "sentry." + name().toLowerCase(Locale.ROOT);
    }

    /** The kind with a name, or null if objects of that name are not imported. */
    static @Nullable SentryModel of(String model) {
        return BY_NAME.get(model);
    }
}
