package dev.countersign.executable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartMethodsTest {

    private static final StartMethods METHODS = StartMethods.parse("""
            ArrayList () add
            KeyRepository# accept
            ResteasyReactiveProcessor setupEndpoints#
            """);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ArrayList_0123456789abcdefghijkl",
                "ArrayList_add_0123456789abcdefghijkl",
                "ArrayList_add_abcdefghijkl0123456789",
                "KeyRepository$$L847ff7c0_accept_hMYB7pJaX19CRqmv5kBd2E",
                "ResteasyReactiveProcessor_setupEndpoints1144_hMYB7pJaX19CRqmv5kBd2E",
            })
    void listedMethodIsFoundWithAnyParametersAndNumbers(String symbol) {
        assertThat(METHODS.contains(symbol)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ArrayList_remove_0123456789abcdefghijkl",
                "LinkedList_add_0123456789abcdefghijkl",
                "KeyRepository_accept_0123456789abcdefghijkl",
                "svm_initialize_locale",
            })
    void otherMethodIsNotFound(String symbol) {
        assertThat(METHODS.contains(symbol)).isFalse();
    }

    /** A build without the file would only warn. */
    @Test
    void theProgramHasTheMethodsOfAStart() throws IOException {
        assertThat(StartMethods.read().names()).contains("Main_main", "HashMap", "HashMap_get", "DsnBuilder#_apply");
    }
}
