package dev.countersign.testsupport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPathTest {

    private static final String OBJECT = """
            {"id":"1","count":7,"long":5000000000,"on":true,"none":null,"size":3,"eu-west":{"public":"p"},"0a1":"hex",
            "rows":[{"id":"2","keys":[{"id":"3"},{"id":"4"}]},{"id":null,"keys":[]},{}],"nulls":[null,{"id":"5"}]}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "id",
                "count",
                "long",
                "on",
                "none",
                "none.id",
                "missing",
                "missing.id",
                "size",
                "eu-west.public",
                "rows",
                "rows.id",
                "rows.keys",
                "rows.keys.id",
                "rows[0]",
                "rows[0].keys.id",
                "rows[0].keys[1].id",
                "rows[9]",
                "rows[9].id",
                "rows.id[0]",
                "nulls.id",
                "rows[-1]",
                "rows.size()",
                "rows.find { it.id == '2' }.keys.id"
            })
    void pathsLeadWhereThoseOfRestAssuredLead(String path) {
        assertThat(PlainPath.of(OBJECT).<Object>get(path))
                .isEqualTo(JsonPath.from(OBJECT).get(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "id", "[1].id", "[2].id", "[0]"})
    void listsAreReadFromTheirBegin(String path) {
        String list = """
                [{"id":"1"},{"id":"2"}]""";
        assertThat(PlainPath.of(list).<Object>get(path))
                .isEqualTo(JsonPath.from(list).get(path));
    }

    @Test
    void pathsBeginAtTheRootThatATestSets() {
        assertThat(PlainPath.of(OBJECT).setRootPath("rows[0]").getString("id")).isEqualTo("2");
    }

    @Test
    void textsThatAreNotJsonAreRefused() {
        assertThatThrownBy(() -> PlainPath.of("<html>").get("id")).hasMessageContaining("JSON");
    }
}
