package dev.countersign.web.route;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;

/** Removes paths and queries from traces, because they hold slugs and public keys. {@code http.route} still names the route. */
@Singleton
public class TraceWithoutPaths implements SpanProcessor {

    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");
    private static final String REMOVED = "-";

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        if (span.getAttribute(PATH) != null) {
            span.setAttribute(PATH, REMOVED);
        }
        if (span.getAttribute(QUERY) != null) {
            span.setAttribute(QUERY, REMOVED);
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // nothing to do: onStart has replaced the attributes
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
