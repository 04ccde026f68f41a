package dev.countersign.web.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.web.error.ApiException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The terms of a search text. */
class SearchWordsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    `` | {}
                    pump station | {query=[pump, station]}
                    "pump station" | {query=[pump station]}
                    'pump station' | {query=['pump station']}
                    slug:pump | {slug=[pump]}
                    slug: pump | {query=[slug: pump]}
                    slug:\tpump | {slug=[\tpump]}
                    slug:'pump' | {slug=['pump']}
                    slug:"pump | {slug=[pump]}
                    slug:""pump"" | {slug=[pump]}
                    slug:a"" | {slug=[a"]}
                    "slug":pump | {query=[slug":pump]}
                    ("slug":pump | {slug=[pump]}
                    name:"a \\" b" c | {name=[a \\" b], query=[c]}
                    query:pump x | {query=[x, pump]}
                    (:x | {=[x]}
                    !(team:core) | {!(team=[core]}
                    slug:pump* * | {query=[*], slug=[pump*]}
                    slug:[a,b] | {slug=[[a,b]]}
                    not slug:x | {query=[not], slug=[x]}
                    a and slug:b OR (c) ) | {query=[a, c], slug=[b]}
                    "" | {query=[]}
                    name:"Pump Station" x | {name=[Pump Station], query=[x]}
                    (slug:pump) | {slug=[pump]}
                    (slug:pump OR slug:other) | {slug=[pump, other]}
                    a AND b or ( c ) | {query=[a, b, c]}
                    !team:core | {!team=[core]}
                    a::b | {query=[a::b]}
                    :x | {query=[:x]}
                    slug: | {slug=[]}
                    "unclosed slug:x | {query=[unclosed slug:x]}
                    """)
    void searchIsSplitIntoTerms(String text, String terms) {
        assertThat(new TreeMap<>(SearchWords.parse(text).terms())).hasToString(terms);
    }

    @Test
    void missingSearchHasNoTerms() {
        assertThat(SearchWords.parse(null).terms()).isEmpty();
        assertThat(SearchWords.parse("a\0b").matchNothing()).isTrue();
        assertThat(SearchWords.parse("a").matchNothing()).isFalse();
    }

    @Test
    void searchHasAtMostFiftyTerms() {
        assertThat(SearchWords.parse("x ".repeat(50)).terms()).containsOnlyKeys("query");
        assertThatThrownBy(() -> SearchWords.parse("x ".repeat(51)))
                .isInstanceOf(ApiException.BadRequest.class)
                .hasMessageContaining("Invalid query. At most 50 terms are accepted.");
    }

    @Test
    void lastOfRepeatedParametersCounts() {
        QueryParameters query = new QueryParameters(Map.of("a", List.of("first", "last")));

        assertThat(query.last("a")).isEqualTo("last");
        assertThat(query.last("b")).isNull();
        assertThat(query.all("a")).containsExactly("first", "last");
    }
}
