package dev.countersign.apply.compare;

import dev.countersign.apply.plan.Kind;
import dev.countersign.apply.plan.Plan;
import dev.countersign.apply.plan.Step;
import dev.countersign.apply.plan.Stored;
import dev.countersign.credential.Caller;
import dev.countersign.declaration.Declared;
import dev.countersign.declaration.document.Fault;
import dev.countersign.declaration.document.Faults;
import dev.countersign.postgres.batch.BatchConnection.Change;
import dev.countersign.postgres.table.Column;
import dev.countersign.postgres.table.StoredRow;
import dev.countersign.postgres.table.Table;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sets declared values in a row of one table, as the API would, and plans an update where a stored row then differs; planners
 * add the new and removed rows.
 *
 * @param faults collects declared values that a stored row refuses
 * @param setter sets declared values as the API does
 * @param others sets members that the API's PUT does not take, by their names
 */
record Comparison<T extends StoredRow>(
        Table<T> table, Faults faults, Setter<T> setter, Map<String, Consumer<T>> others) {

    private static final String COMMAND = "apply";
    private static final String CHANGED_BY = "changed_by";

    /** Interface: sets the values of a request in a row. */
    interface Setter<T> {
        /** Sets the values; throws {@link ApiException} where the API would answer an error. */
        void set(RequestFields members, T row, Caller caller);
    }

    /** The credential under which a declared object is written. */
    static Caller caller(Declared own) {
        return Caller.Command.of(COMMAND, own.file());
    }

    /** The same comparison with one further member. */
    Comparison<T> and(String member, Consumer<T> set) {
        return new Comparison<>(table, faults, setter, Map.of(member, set));
    }

    /**
     * Sets the declared values in a stored row, and plans a change where values differ.
     *
     * @param left members that are left as they are
     */
    void change(Declared own, T row, Kind kind, String path, Set<String> left, Plan plan, List<Change<T>> changes) {
        Declared declared = own.without(left);
        T before = table.copy(row);
        if (set(declared, row)) {
            List<Column<T, ?>> columns = differences(before, row);
            if (!columns.isEmpty()) {
                changes.add(new Change<>(row, columns, caller(own).name()));
                plan.steps.add(new Step('~', kind, path, membersThatDiffer(declared, before)));
            }
        }
    }

    /** Sets the declared values in a row; false where a value is refused, which is a fault then. */
    boolean set(Declared own, T row) {
        try {
            setter.set(own.fields(), row, caller(own));
            others.values().forEach(other -> other.accept(row));
            return true;
        } catch (ApiException refused) {
            faults.add(own.object(), own.members(), refused);
            return false;
        }
    }

    /** The names of the members of which a row has another value. */
    private List<String> membersThatDiffer(Declared own, T before) {
        List<String> names = new ArrayList<>();
        for (String name : own.names()) {
            T copy = table.copy(before);
            try {
                setter.set(own.only(name), copy, caller(own));
            } catch (ApiException refused) {
                names.add(name); // accepted together with the others
            }
            if (!differences(before, copy).isEmpty()) {
                names.add(name);
            }
        }
        others.forEach((name, set) -> {
            T copy = table.copy(before);
            set.accept(copy);
            if (!differences(before, copy).isEmpty()) {
                names.add(name);
            }
        });
        return names;
    }

    private List<Column<T, ?>> differences(T before, T after) {
        return table.differences(before, after).stream()
                .filter(column -> !column.name().equals(CHANGED_BY))
                .toList();
    }

    /**
     * Adds a fault where the API refuses the declared slug, unless the object is stored with it.
     *
     * @param stored the slug of the stored object, or null where the plan makes the object
     */
    static void checkSlug(Declared own, String slug, @Nullable String stored, Faults faults) {
        Fault fault = own.newSlugFault();
        if (fault != null && !slug.equals(stored)) {
            faults.add(fault.place(), fault.sentence());
        }
    }

    /**
     * Finds the stored row of a declared slug: under the slug itself, otherwise under one of the former slugs that no
     * document declares as a slug of its own.
     */
    static <T> @Nullable Stored<T> find(
            String slug, List<String> formerly, Set<String> declaredSlugs, Map<String, Stored<T>> stored) {
        return Stream.concat(Stream.of(slug), formerly.stream().filter(former -> !declaredSlugs.contains(former)))
                .map(stored::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
