package dev.countersign.postgres.table;

import java.beans.Introspector;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the getters and setters that a class declares, and answers like Hibernate's own search. Hibernate lists the methods of an entity
 * twice for each member, and each list is a new copy of all methods; this class lists them once.
 */
final class Accessors {

    private static final Map<Class<?>, Method[]> CANDIDATES = new ConcurrentHashMap<>();

    private Accessors() {}

    /** The declared getter of a field; null if there is none. */
    static @Nullable Method getter(Field field, String property) {
        Class<?> type = field.getDeclaringClass();
        for (Method method : candidates(type)) {
            if (method.getParameterCount() == 0
                    && method.getReturnType().isAssignableFrom(field.getType())
                    && (isNamed(method, "get", property) || isNamed(method, "is", property))) {
                return method;
            }
        }
        return type.isRecord() ? component(type, field.getName()) : null;
    }

    /**
     * The declared setter of a property; null if there is none. A setter of another type stands in for a missing one of the type.
     *
     * @param propertyType null for a setter of any type
     * @param likelyName the name that the setter of the type has first of all
     */
    static @Nullable Method setter(Class<?> type, String property, @Nullable Class<?> propertyType, String likelyName) {
        Method other = null;
        for (Method method : candidates(type)) {
            if (method.getParameterCount() == 1) {
                boolean ofType = propertyType == null || method.getParameterTypes()[0].equals(propertyType);
                boolean isNamed = isNamed(method, "set", property);
                if (ofType && (isNamed || method.getName().equals(likelyName))) {
                    return method;
                }
                other = isNamed ? method : other;
            }
        }
        return other;
    }

    private static Method[] candidates(Class<?> type) {
        return CANDIDATES.computeIfAbsent(type, Accessors::declared);
    }

    private static Method[] declared(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(Accessors::isAccessor)
                .toArray(Method[]::new);
    }

    private static boolean isAccessor(Method method) {
        String name = method.getName();
        return method.getParameterCount() == 1
                ? name.startsWith("set")
                : method.getParameterCount() == 0
                        && !Modifier.isStatic(method.getModifiers())
                        && Stream.of("get", "is").anyMatch(name::startsWith);
    }

    private static boolean isNamed(Method method, String prefix, String property) {
        if (!method.getName().startsWith(prefix)) {
            return false;
        }
        String rest = method.getName().substring(prefix.length());
        return rest.equals(property) || Introspector.decapitalize(rest).equals(property);
    }

    private static @Nullable Method component(Class<?> type, String name) {
        try {
            return type.getMethod(name);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
