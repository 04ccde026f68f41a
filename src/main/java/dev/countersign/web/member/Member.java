package dev.countersign.web.member;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds a member of a request body: absent, null, or a value. A partial update treats the three cases differently.
 *
 * @param present whether the client sent the member and the member follows its rule
 * @param value the value that the client sent, or null
 */
public record Member<T>(boolean present, @Nullable T value) {

    /** A member that the client did not send. */
    public static <T> Member<T> absent() {
        return new Member<>(false, null);
    }

    /** A member that the client sent, with its value or null. */
    public static <T> Member<T> of(@Nullable T value) {
        return new Member<>(true, value);
    }

    /** The value, or another value if the member is absent or null. */
    public T or(T other) {
        return value != null ? value : other;
    }

    /** Runs an action on the value, unless the member is absent or null. */
    public void ifValue(Consumer<? super T> action) {
        if (value != null) {
            action.accept(value);
        }
    }

    /** Runs an action on the member, unless the member is absent. The value may be null. */
    public void ifPresent(Consumer<Member<T>> action) {
        if (present) {
            action.accept(this);
        }
    }
}
