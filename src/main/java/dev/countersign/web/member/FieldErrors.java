package dev.countersign.web.member;

import dev.countersign.web.error.ApiException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the errors of the members of one JSON object: messages in Sentry's words, and explanations for people. */
final class FieldErrors {

    /** The greatest number of members or list items with a message. The limit keeps an answer shorter than its request. */
    static final int MAX_MESSAGES = 100;

    private final Map<String, Object> messages = new LinkedHashMap<>();
    private final List<String> explanations = new ArrayList<>();

    /** Adds the messages about a member: a list, or a map if the member is an object. Drops them past {@link #MAX_MESSAGES}. */
    void put(String name, Object fault) {
        if (messages.size() < MAX_MESSAGES) {
            messages.put(name, fault);
        }
    }

    /** Adds a sentence for people that Sentry's messages do not contain. */
    void explain(String sentence) {
        explanations.add(sentence);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The messages of each member. */
    Map<String, Object> messages() {
        return Collections.unmodifiableMap(messages);
    }

    /** Throws all errors as one exception, if there are any. */
    void check() {
        if (!isEmpty()) {
            String explanation = explanations.isEmpty() ? null : String.join("; ", explanations);
            throw new ApiException.Invalid(messages).explain(explanation);
        }
    }
}
