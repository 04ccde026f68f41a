package dev.countersign.credential;

import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Interface: states which organizations a caller may act on: every organization, or a single one. The type has no null and no
 * default, so that code which builds a query from a reach compiles only if it states both conditions.
 */
public sealed interface Reach {

    /** Every organization of the installation. */
    Reach EVERY_ORGANIZATION = new Every();

    /** A single organization. */
    static Reach of(long organizationId) {
        return new Single(organizationId);
    }

    /** Whether the reach contains an organization. */
    boolean includes(long organizationId);

    /**
     * Returns one of two values.
     *
     * @param every supplies the value for every organization
     * @param single makes the value for a single organization from its id
     */
    <T> T choose(Supplier<T> every, LongFunction<T> single);

    /** Contains every organization; the type of {@link Reach#EVERY_ORGANIZATION}. */
    record Every() implements Reach {

        @Override
        public boolean includes(long organizationId) {
            return true;
        }

        @Override
        public <T> T choose(Supplier<T> every, LongFunction<T> single) {
            return every.get();
        }
    }

    /** Contains a single organization; the type that {@link Reach#of} returns. */
    record Single(long id) implements Reach {

        @Override
        public boolean includes(long organizationId) {
            return id == organizationId;
        }

        @Override
        public <T> T choose(Supplier<T> every, LongFunction<T> single) {
            return single.apply(id);
        }
    }
}
