package dev.countersign.web.member;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A member of a request: left out, null, or a value. Partial updates need all three.
 *
 * @param present whether the member was sent and keeps its rule
 * @param value what was sent
 */
public record Sent<T>(boolean present, @Nullable T value) {

    /** Left out. */
    public static <T> Sent<T> absent() {
        return new Sent<>(false, null);
    }

    /** A value, or null. */
    public static <T> Sent<T> of(@Nullable T value) {
        return new Sent<>(true, value);
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
    public void ifPresent(Consumer<Sent<T>> action) {
        if (present) {
            action.accept(this);
        }
    }
}
