package dev.countersign.testsupport;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks a class whose tests ask for a {@link Replicas.Pair}. The build runs all of these classes in one process. */
@Tag("shared")
@ExtendWith(Replicas.class)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithReplicas {}
