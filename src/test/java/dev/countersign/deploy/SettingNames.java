package dev.countersign.deploy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of the service and their environment variables, read from its configuration interfaces. */
public final class SettingNames {

    /** Stand for the names that an operator gives: of an ingest host, of a relay, and the id of a project. */
    private static final Map<String, String> EXAMPLES =
            Map.of("named", "eu-west", "relays", "edge", "relay-upstream", "7");

    private static final Set<String> PROPERTIES = read();

    /** No interface has these: they are read only where an issuer is named. */
    private static final Set<String> ISSUERS = Stream.of(
                    "issuer",
                    "audience",
                    "jwks-url",
                    "jwks-file",
                    "jwks-ca-file",
                    "jwks-token-file",
                    "jwks-max-stale",
                    "grants[0].claim",
                    "grants[0].matches",
                    "grants[0].organization",
                    "grants[0].scopes",
                    "grants[0].expires-within",
                    "grants[0].and[0].claim",
                    "grants[0].and[0].matches")
            .map(part -> "countersign.issuers.cluster." + part)
            .collect(Collectors.toSet());

    private SettingNames() {}

    /** The variables. */
    public static Set<String> environment() {
        return Stream.concat(PROPERTIES.stream(), ISSUERS.stream())
                .map(name -> name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                .collect(Collectors.toSet());
    }

    /** The properties, but for those of issuers. */
    public static Set<String> properties() {
        return PROPERTIES;
    }

    /** The properties of an issuer that is called cluster, with one grant. */
    public static Set<String> ofIssuers() {
        return ISSUERS;
    }

    private static Set<String> read() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.countersign").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::reflect)
                        .flatMap(type ->
                                settings(type.getAnnotation(ConfigMapping.class).prefix(), type))
                        .collect(Collectors.toSet());
    }

    private static Stream<String> settings(String prefix, Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .flatMap(method -> {
                    String name =
                            method.isAnnotationPresent(WithParentName.class) ? prefix : prefix + "." + name(method);
                    Class<?> value = method.getReturnType();
                    if (value == Map.class) {
                        String example = name + "." + EXAMPLES.get(name.substring(name.lastIndexOf('.') + 1));
                        Class<?> below = (Class<?>)
                                ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[1];
                        return below == String.class ? Stream.of(example) : settings(example, below);
                    }
                    return value.isInterface() && value.getName().startsWith("dev.countersign.")
                            ? settings(name, value)
                            : Stream.of(name);
                });
    }

    private static String name(Method method) {
        WithName given = method.getAnnotation(WithName.class);
        return given == null ? method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) : given.value();
    }
}
