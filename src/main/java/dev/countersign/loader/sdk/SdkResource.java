package dev.countersign.loader.sdk;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Objects;

/** Serves the files of {@link SdkFolder} to pages of every origin. A file never changes under its URL. */
@Singleton
public class SdkResource {

    private static final CharSequence CACHE_CONTROL =
            HttpHeaders.createOptimized("public, max-age=31536000, immutable");

    private final SdkFolder folder;

    SdkResource(SdkFolder folder) {
        this.folder = folder;
    }

    /** Whether there is a file to serve. */
    public boolean hasFiles() {
        return !folder.isEmpty();
    }

    /** Whether there is a file of this name, such as {@code 10.78.0/bundle.min.js}. */
    public boolean has(String name) {
        return folder.find(name) != null;
    }

    /** Answers with the file of a name that {@link #has has} one. */
    public void answer(RoutingContext context, String name) {
        SdkFile file = Objects.requireNonNull(folder.find(name), name);
        String tag = "\"" + file.integrity() + "\"";
        ScriptResponseBuilder.end(
                context, tag, CACHE_CONTROL, file.bytes(), response -> response.sendFile(file.path(), 0, file.bytes())
                        .onFailure(failure -> fail(context, failure)));
    }

    /** Answers for a file that has gone since the start. Nobody may keep this answer, and it has another length. */
    private static void fail(RoutingContext context, Throwable failure) {
        if (!context.response().headWritten()) {
            context.response()
                    .headers()
                    .remove(HttpHeaders.ETAG)
                    .remove(HttpHeaders.CONTENT_LENGTH)
                    .remove(HttpHeaders.CONTENT_TYPE)
                    .set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        context.fail(failure);
    }
}
