package dev.countersign.postgres.table;

import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import org.jspecify.annotations.Nullable;

/** Is the base class of entities whose id the database gives when the row is stored. */
@MappedSuperclass
public abstract class StoredRow {

    /** Null until the row is stored. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public @Nullable Long id;

    /**
     * The id of the stored row.
     *
     * @throws IllegalStateException where the row is not stored yet
     */
    public long requireId() {
        if (id == null) {
            throw new IllegalStateException("not stored yet");
        }
        return id;
    }
}
