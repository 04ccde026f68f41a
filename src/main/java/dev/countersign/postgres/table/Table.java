package dev.countersign.postgres.table;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.engine.spi.SelfDirtinessTracker;
import org.jspecify.annotations.Nullable;

/**
 * Describes a database table by its columns: builds its SQL statements, and converts rows to objects and back.
 * Statements name each column, so that a prepared statement still works after a migration adds a column.
 *
 * @param <T> the class of the object for a row
 */
public final class Table<T> {

    private final String name;
    private final Class<T> type;
    private final Supplier<T> empty;
    private final Column<T, Long> id;
    private final List<Column<T, ?>> others;
    private final List<Column<T, ?>> written;
    private final String columnNames;
    private final String select;

    private Table(String name, Class<T> type, Supplier<T> empty, Column<T, Long> id, List<Column<T, ?>> others) {
        this.name = name;
        this.type = type;
        this.empty = empty;
        this.id = id;
        this.others = others;
        this.written = others.stream().filter(Column::isStored).toList();
        this.columnNames = columns().stream().map(Column::selected).collect(Collectors.joining(", "));
        this.select = "select " + columnNames + " from " + name + " where ";
    }

    /**
     * Makes a table.
     *
     * @param name the name in SQL
     * @param type the class of the object for a row
     * @param empty makes an object whose fields the columns set
     * @param id the column that the database fills
     * @param others all other columns
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is copied
    public static <T> Table<T> of(
            String name, Class<T> type, Supplier<T> empty, Column<T, Long> id, Column<T, ?>... others) {
        return new Table<>(name, type, empty, id, List.of(others));
    }

    /** The same table with a further column, behind the others. */
    public Table<T> with(Column<T, ?> column) {
        return new Table<>(
                name,
                type,
                empty,
                id,
                Stream.<Column<T, ?>>concat(others.stream(), Stream.of(column)).toList());
    }

    /** The name of the table in SQL. */
    public String name() {
        return name;
    }

    /** The class of the object for a row. */
    public Class<T> type() {
        return type;
    }

    /** All columns, the id first. */
    public List<Column<T, ?>> columns() {
        return Stream.concat(Stream.of(id), others.stream()).toList();
    }

    /** SQL that reads all columns of a row, for {@code select} and {@code returning}. */
    public String columnNames() {
        return columnNames;
    }

    /** SQL that reads whole rows, up to and including {@code where}. */
    public String select() {
        return select;
    }

    /** SQL that stores the values of {@link #values}, of one object behind the other. Returns each id and another column. */
    public String insert(int rows, Column<T, ?> more) {
        return "insert into " + name + " (" + names(written) + ") values "
                + IntStream.range(0, rows)
                        .mapToObj(row -> Parameters.list(row * written.size() + 1, written.size()))
                        .collect(Collectors.joining(", "))
                + " returning " + id.name() + ", " + more.name();
    }

    /** SQL that stores an object as a new row. Adds the values of the object to the parameters. */
    public String insert(T object, Parameters parameters) {
        return "insert into " + name + " (" + names(written) + ") values ("
                + written.stream()
                        .map(column -> column.get().apply(object))
                        .map(value -> value == null ? "null" : parameters.add(value))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /**
     * SQL that stores a copy of each row of a query as a new row, and reads the new rows.
     *
     * @param source the name of the query
     * @param others SQL of the values that differ from those of the row, by the name of the column
     */
    public String copy(String source, Map<String, String> others) {
        return "insert into " + name + " (" + names(written) + ") select "
                + written.stream()
                        .map(column -> others.getOrDefault(column.name(), column.name()))
                        .collect(Collectors.joining(", "))
                + " from " + source + " returning " + columnNames;
    }

    /** The columns that an INSERT names: those that the database neither fills nor computes. */
    public List<Column<T, ?>> written() {
        return written;
    }

    /** Makes an object with the values of another one. */
    public T copy(T object) {
        T copy = empty.get();
        columns().forEach(column -> column.copy(object, copy));
        return copy;
    }

    /** The columns of which two objects have different values. */
    public List<Column<T, ?>> differences(T first, T second) {
        return written.stream().filter(column -> !column.isEqual(first, second)).toList();
    }

    /** The values of an object for {@link #insert(int, Column)}. */
    public Tuple values(T object) {
        @Nullable Object[] values = new @Nullable Object[written.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = written.get(i).toClient(object);
        }
        return Tuple.wrap(values);
    }

    /** Writes the id that {@link #insert(int, Column)} returned to an object. */
    public T stored(T object, Row answer) {
        id.read(object, answer, 0);
        return object;
    }

    /** Reads the rows that {@link #select} returned. */
    public List<T> read(Iterable<Row> answer) {
        List<T> objects = new ArrayList<>();
        for (Row row : answer) {
            objects.add(read(row));
        }
        return objects;
    }

    /** Reads one row that {@link #select} returned. */
    public T read(Row row) {
        T object = empty.get();
        // Otherwise Hibernate notes the name of each column as changed, in a longer array for each.
        if (object instanceof SelfDirtinessTracker entity) {
            entity.$$_hibernate_suspendDirtyTracking(true);
            readColumns(object, row);
            entity.$$_hibernate_suspendDirtyTracking(false);
        } else {
            readColumns(object, row);
        }
        return object;
    }

    private void readColumns(T object, Row row) {
        id.read(object, row, 0);
        for (int i = 0; i < others.size(); i++) {
            others.get(i).read(object, row, i + 1);
        }
    }

    private static String names(List<? extends Column<?, ?>> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
