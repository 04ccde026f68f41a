package dev.countersign.web.member;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A member of a request body: left out, null, or a value. A partial update tells these three cases apart.
 *
 * @param present whether the member was sent and keeps its rule
 * @param value what was sent
 */
public record Member<T>(boolean present, @Nullable T value) {

    /** Left out. */
    public static <T> Member<T> absent() {
        return new Member<>(false, null);
    }

    /** A value, or null. */
    public static <T> Member<T> of(@Nullable T value) {
        return new Member<>(true, value);
    }

    /** The value where one was sent that is not null, else another. */
    public T or(T other) {
        return value != null ? value : other;
    }

    /** Acts on a value that was sent and is not null. */
    public void ifValue(Consumer<? super T> action) {
        if (value != null) {
            action.accept(value);
        }
    }

    /** Acts on what was sent, null included. */
    public void ifPresent(Consumer<Member<T>> action) {
        if (present) {
            action.accept(this);
        }
    }
}
