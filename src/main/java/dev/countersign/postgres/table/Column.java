package dev.countersign.postgres.table;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Describes a column of a table, and the field of a Java object that holds the value of the column. A column that may
 * be null is made by a method whose name begins with {@code optional}. A computed column is no column of the stored
 * table: each statement that reads a row computes its value.
 *
 * @param name the name in SQL
 * @param expression SQL that computes the value, or null for a stored column
 * @param type how the PostgreSQL client reads and sends values
 * @param get reads the value from an object
 * @param set writes a value to an object
 * @param <T> the class of the object
 * @param <V> the class of the value
 */
public record Column<T, V extends @Nullable Object>(
        String name, @Nullable String expression, Type<V> type, Function<T, V> get, BiConsumer<T, V> set) {

    private static final Type<String> TEXT = new Type<>(Row::getString, value -> value);
    private static final Type<@Nullable String> OPTIONAL_TEXT = new Type<>(Row::getString, value -> value);
    private static final Type<Long> LONG = new Type<>(Row::getLong, value -> value);
    private static final Type<@Nullable Integer> OPTIONAL_INTEGER = new Type<>(Row::getInteger, value -> value);
    private static final Type<Boolean> BOOL = new Type<>(Row::getBoolean, value -> value);
    private static final Type<byte[]> BYTES =
            new Type<>((row, position) -> row.getBuffer(position).getBytes(), Buffer::buffer);
    private static final Type<Instant> TIME =
            new Type<>((row, position) -> row.getOffsetDateTime(position).toInstant(), Column::toClient);
    private static final Type<@Nullable Instant> OPTIONAL_TIME = new Type<>(Column::optionalInstant, Column::toClient);

    /** A {@code text} column. */
    public static <T> Column<T, String> text(String name, Function<T, String> get, BiConsumer<T, String> set) {
        return new Column<>(name, null, TEXT, get, set);
    }

    /** A {@code text} column that may be null. */
    public static <T> Column<T, @Nullable String> optionalText(
            String name, Function<T, @Nullable String> get, BiConsumer<T, @Nullable String> set) {
        return new Column<T, @Nullable String>(name, null, OPTIONAL_TEXT, get, set);
    }

    /** A {@code bigint}. */
    public static <T> Column<T, Long> number(String name, Function<T, Long> get, BiConsumer<T, Long> set) {
        return new Column<>(name, null, LONG, get, set);
    }

    /** An {@code integer} that may be null. */
    public static <T> Column<T, @Nullable Integer> optionalInteger(
            String name, Function<T, @Nullable Integer> get, BiConsumer<T, @Nullable Integer> set) {
        return new Column<T, @Nullable Integer>(name, null, OPTIONAL_INTEGER, get, set);
    }

    /** A {@code boolean}. */
    public static <T> Column<T, Boolean> bool(String name, Function<T, Boolean> get, BiConsumer<T, Boolean> set) {
        return new Column<>(name, null, BOOL, get, set);
    }

    /**
     * A {@code boolean} that each statement computes from the row that it reads.
     *
     * @param expression SQL that is never null
     */
    public static <T> Column<T, Boolean> computedBool(
            String name, String expression, Function<T, Boolean> get, BiConsumer<T, Boolean> set) {
        return new Column<>(name, expression, BOOL, get, set);
    }

    /** A {@code bytea}. */
    public static <T> Column<T, byte[]> bytes(String name, Function<T, byte[]> get, BiConsumer<T, byte[]> set) {
        return new Column<>(name, null, BYTES, get, set);
    }

    /** A {@code timestamptz}. */
    public static <T> Column<T, Instant> time(String name, Function<T, Instant> get, BiConsumer<T, Instant> set) {
        return new Column<>(name, null, TIME, get, set);
    }

    /** A {@code timestamptz} that may be null. */
    public static <T> Column<T, @Nullable Instant> optionalTime(
            String name, Function<T, @Nullable Instant> get, BiConsumer<T, @Nullable Instant> set) {
        return new Column<T, @Nullable Instant>(name, null, OPTIONAL_TIME, get, set);
    }

    /** Writes the value of one object to another. */
    void copy(T from, T to) {
        set.accept(to, get.apply(from));
    }

    /** Whether two objects have the same value. */
    public boolean isEqual(T first, T second) {
        return Objects.deepEquals(get.apply(first), get.apply(second));
    }

    /** Whether the table stores the value. */
    boolean isStored() {
        return expression == null;
    }

    /** SQL that reads the value under the name of the column. */
    String selected() {
        return expression == null ? name : expression + " as " + name;
    }

    /** Reads the value at a position of a row, counted from 0, and writes it to an object. */
    void read(T object, Row row, int position) {
        set.accept(object, type.read.at(row, position));
    }

    /** The value of an object in the form that the client sends. */
    public @Nullable Object toClient(T object) {
        V value = get.apply(object);
        return value == null ? null : type.send.apply(value);
    }

    private static @Nullable Object toClient(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant optionalInstant(Row row, int position) {
        OffsetDateTime time = row.getOffsetDateTime(position);
        return time == null ? null : time.toInstant();
    }

    /** Holds how the PostgreSQL client reads and sends the values of a column. */
    record Type<V extends @Nullable Object>(Read<V> read, Function<V, @Nullable Object> send) {}

    /** Interface: reads a value at a position of a row. */
    @FunctionalInterface
    interface Read<V extends @Nullable Object> {
        @Nullable
        V at(Row row, int position);
    }
}
