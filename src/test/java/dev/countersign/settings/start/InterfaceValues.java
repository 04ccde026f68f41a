package dev.countersign.settings.start;

import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfig;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The values of configuration interfaces, by the methods that lead to them. */
final class InterfaceValues {

    private InterfaceValues() {}

    /** The values of all methods of some interfaces. */
    static Map<String, String> of(SmallRyeConfig config, Iterable<ConfigClass> mappings) {
        Map<String, String> values = new HashMap<>();
        for (ConfigClass mapping : mappings) {
            Object instance = config.getConfigMapping(mapping.getType(), mapping.getPrefix());
            collect(mapping.getPrefix() + " " + mapping.getType().getName(), instance, values);
        }
        return values;
    }

    /** The paths whose values differ, each with both values. */
    static Map<String, String> differences(Map<String, String> expected, Map<String, String> values) {
        Map<String, String> differences = new TreeMap<>();
        Set<String> paths = new HashSet<>(expected.keySet());
        paths.addAll(values.keySet());
        for (String path : paths) {
            if (!Objects.equals(expected.get(path), values.get(path))) {
                differences.put(path, expected.get(path) + " | " + values.get(path));
            }
        }
        return differences;
    }

    private static void collect(String path, Object value, Map<String, String> values) {
        if (value instanceof Optional<?> optional && optional.isPresent()) {
            collect(path + "?", optional.get(), values);
        } else if (value instanceof Map<?, ?> map) {
            values.put(path, "keys " + new HashSet<>(map.keySet()));
            map.forEach((key, item) -> collect(path + "." + key, item, values));
        } else if (value instanceof Collection<?> items) {
            values.put(path, items.size() + " items");
            int index = 0;
            for (Object item : items) {
                collect(path + "[" + index++ + "]", item, values);
            }
        } else if (value != null && value.getClass().getName().endsWith("$$CMImpl")) {
            for (Method method : value.getClass().getInterfaces()[0].getMethods()) {
                if (Modifier.isAbstract(method.getModifiers()) && method.getParameterCount() == 0) {
                    collect(path + "." + method.getName(), call(method, value), values);
                }
            }
        } else {
            values.put(path, String.valueOf(value));
        }
    }

    private static Object call(Method method, Object value) {
        try {
            method.setAccessible(true);
            return method.invoke(value);
        } catch (ReflectiveOperationException failure) {
            throw new AssertionError(method.toString(), failure);
        }
    }
}
