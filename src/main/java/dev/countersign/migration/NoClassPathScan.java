package dev.countersign.migration;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.Set;
import org.flywaydb.core.internal.util.Pair;

/**
 * In a native executable Flyway finds nothing on the class path: there is none, and what looks for it refers to classes
 * of application servers that are not there to be compiled. {@link MigrationScripts} names the scripts.
 */
@TargetClass(className = "org.flywaydb.core.internal.scanner.classpath.ClassPathScanner")
final class NoClassPathScan {

    private NoClassPathScan() {}

    @Substitute
    @SuppressWarnings("UnusedMethod") // It takes the place of a method of that name.
    private Set<Pair<String, String>> findResourceNamesAndParentURLs() {
        return Set.of();
    }
}
