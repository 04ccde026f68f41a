package dev.countersign.postgres.table;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Native-image substitution: Hibernate's search for getters and setters lists the methods of each entity once, with {@link Accessors},
 * and not twice for each member. Copies of methods were a tenth of the memory that a start of the executable allocated.
 */
@TargetClass(className = "org.hibernate.internal.util.ReflectHelper")
@SuppressWarnings("UnusedMethod") // The methods replace Hibernate's methods of the same names.
final class OneAccessorSearch {

    private OneAccessorSearch() {}

    @Substitute
    public static @Nullable Method findGetterMethodForFieldAccess(Field field, String propertyName) {
        return Accessors.getter(field, propertyName);
    }

    @Substitute
    private static @Nullable Method setterOrNull(
            Class<?> type, String propertyName, @Nullable Class<?> propertyType, String likelyName) {
        return Accessors.setter(type, propertyName, propertyType, likelyName);
    }
}
