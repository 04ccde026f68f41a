package dev.countersign.postgres.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.internal.util.ReflectHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The search for getters and setters answers like the search of Hibernate that it replaces in the executable. */
class AccessorsTest {

    @ParameterizedTest
    @MethodSource("fields")
    void accessorsOfAFieldAreThoseThatHibernateFinds(Field field) {
        String name = field.getName();
        String likely = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);

        assertThat(Accessors.getter(field, name)).isEqualTo(ReflectHelper.findGetterMethodForFieldAccess(field, name));
        for (Class<?> type : Arrays.asList(field.getType(), Object.class, null)) {
            assertThat(Accessors.setter(field.getDeclaringClass(), name, type, likely))
                    .as("setter of %s", type)
                    .isEqualTo(ReflectHelper.setterMethodOrNull(field.getDeclaringClass(), name, type));
        }
    }

    @Test
    void bothKindsOfAccessorsAreAmongTheExamples() {
        List<Field> examples = Stream.of(Example.class.getDeclaredFields())
                .filter(field -> !field.isSynthetic())
                .toList();

        assertThat(examples)
                .filteredOn(field -> Accessors.getter(field, field.getName()) != null)
                .extracting(Field::getName)
                .containsExactlyInAnyOrder("name", "active", "URL");
        assertThat(examples)
                .filteredOn(field -> Accessors.setter(Example.class, field.getName(), field.getType(), "") != null)
                .extracting(Field::getName)
                .containsExactlyInAnyOrder("name", "number", "URL");
    }

    static Stream<Field> fields() {
        Stream<Class<?>> entities = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.countersign").stream()
                        .filter(type -> type.isAnnotatedWith(Entity.class))
                        .map(JavaClass::reflect);
        return Stream.concat(entities, Stream.of(Example.class, Pair.class))
                .flatMap(type -> Stream.of(type.getDeclaredFields()))
                .filter(field -> !field.isSynthetic());
    }

    record Pair(String left, int right) {}

    @SuppressWarnings("unused") // found by reflection
    static class Example {
        String name = "";
        boolean active;
        int number;
        int hidden;
        String URL = "";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        boolean isActive() {
            return active;
        }

        void setNumber(String number) {
            this.number = Integer.parseInt(number);
        }

        static int getHidden() {
            return 0;
        }

        int getHidden(int of) {
            return of;
        }

        String getURL() {
            return URL;
        }

        void setURL(String url) {
            URL = url;
        }
    }
}
