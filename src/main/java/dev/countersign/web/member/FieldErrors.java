package dev.countersign.web.member;

import dev.countersign.web.error.ApiException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the errors of the members of one object: messages in Sentry's words, and explanations for people. */
final class FieldErrors {

    /** How many members, or items of a list, are told of: an answer is not to be longer than the request. */
    static final int MAX_MESSAGES = 100;

    private final Map<String, Object> messages = new LinkedHashMap<>();
    private final List<String> explanations = new ArrayList<>();

    /** Adds the messages about a member: a list, or a map where the member is an object. Too many are left out. */
    void put(String name, Object fault) {
        if (messages.size() < MAX_MESSAGES) {
            messages.put(name, fault);
        }
    }

    /** Adds a sentence that no message has room for. */
    void explain(String sentence) {
        explanations.add(sentence);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The messages by member. */
    Map<String, Object> messages() {
        return Collections.unmodifiableMap(messages);
    }

    /** Throws all of them, where there are any. */
    void check() {
        if (!isEmpty()) {
            String explanation = explanations.isEmpty() ? null : String.join("; ", explanations);
            throw new ApiException.Invalid(messages).explain(explanation);
        }
    }
}
