package dev.countersign.migration;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.Set;
import org.flywaydb.core.internal.util.Pair;

/**
 * Native-image substitution: removes Flyway's search of the class path from a native executable. The executable has no class
 * path, and the search refers to classes of application servers that are missing from the build. {@link MigrationScripts} lists
 * the scripts.
 */
@TargetClass(className = "org.flywaydb.core.internal.scanner.classpath.ClassPathScanner")
final class NoClassPathScan {

    private NoClassPathScan() {}

    @Substitute
    @SuppressWarnings("UnusedMethod") // The method replaces Flyway's method of the same name.
    private Set<Pair<String, String>> findResourceNamesAndParentURLs() {
        return Set.of();
    }
}
