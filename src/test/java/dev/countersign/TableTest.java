package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import dev.countersign.postgres.table.Column;
import dev.countersign.postgres.table.Table;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The columns of each table are the members of its entity. A new member without a column fails here. */
class TableTest {

    static Stream<Table<?>> tables() {
        return ArchitectureTest.CLASSES.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(Table.class)
                        && field.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC))
                .map(TableTest::table);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyMemberOfTheEntityHasAColumn(Table<?> table) {
        assertThat(table.type()).hasAnnotation(Entity.class);
        assertThat(table.columns().stream().map(Column::name))
                .containsExactlyInAnyOrderElementsOf(members(table.type())
                        .map(field -> column(field.getName()))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void columnsReadAndWriteTheirMember(Table<?> table) throws ReflectiveOperationException {
        for (Column<?, ?> column : table.columns()) {
            assertReadsAndWrites(table.type(), column);
        }
    }

    /** javac accepts a column of texts for a member that may be null. Such a column would read null. */
    @Test
    void optionalColumnsBelongToNullableMembers() {
        assertThat(columnConstants().toList()).isNotEmpty().allSatisfy(constant -> {
            AnnotatedType[] arguments =
                    ((AnnotatedParameterizedType) constant.getAnnotatedType()).getAnnotatedActualTypeArguments();
            Field member = members((Class<?>) arguments[0].getType())
                    .filter(field -> column(field.getName()).equals(column(constant)))
                    .findFirst()
                    .orElseThrow();
            boolean generated = member.isAnnotationPresent(Id.class);
            assertThat(arguments[1].isAnnotationPresent(Nullable.class))
                    .as("%s of %s may be null", constant.getName(), constant.getDeclaringClass())
                    .isEqualTo(!generated && member.getAnnotatedType().isAnnotationPresent(Nullable.class));
        });
    }

    private static Stream<Field> columnConstants() {
        return ArchitectureTest.CLASSES.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(Column.class)
                        && field.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC))
                .map(JavaField::reflect);
    }

    private static String column(Field constant) {
        try {
            constant.setAccessible(true);
            return ((Column<?, ?>) constant.get(null)).name();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> void assertReadsAndWrites(Class<?> type, Column<T, ?> column)
            throws ReflectiveOperationException {
        Constructor<?> empty = type.getDeclaredConstructor();
        empty.setAccessible(true);
        T object = (T) empty.newInstance();
        Field member = members(type)
                .filter(field -> column(field.getName()).equals(column.name()))
                .findFirst()
                .orElseThrow();
        member.setAccessible(true);
        Object value = example(member.getType());

        ((Column<T, Object>) column).set().accept(object, value);

        assertThat(member.get(object)).as(column.name()).isEqualTo(value);
        assertThat(column.get().apply(object)).as(column.name()).isEqualTo(value);
    }

    private static Object example(Class<?> type) {
        return Stream.of("text", 7L, 7, true, Instant.EPOCH, new byte[] {7})
                .filter(value -> type.isInstance(value)
                        || type.isPrimitive()
                                && value.getClass()
                                        .getSimpleName()
                                        .toLowerCase(Locale.ROOT)
                                        .startsWith(type.getName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no example of " + type));
    }

    private static Stream<Field> members(Class<?> type) {
        List<Field> members = new ArrayList<>();
        for (Class<?> declaring = type; declaring != Object.class; declaring = declaring.getSuperclass()) {
            members.addAll(List.of(declaring.getDeclaredFields()));
        }
        return members.stream().filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic());
    }

    /** As the naming strategy of Hibernate has it. */
    private static String column(String member) {
        return member.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static Table<?> table(JavaField field) {
        try {
            Field reflected = field.reflect();
            reflected.setAccessible(true);
            return (Table<?>) reflected.get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
