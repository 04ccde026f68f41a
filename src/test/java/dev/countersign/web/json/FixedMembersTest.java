package dev.countersign.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON of fixed members is the JSON that Jackson writes of a map. */
class FixedMembersTest {

    private final ObjectMapper mapper = mapper();

    private record Shown(
            String id,

            @JsonAnyGetter @JsonSerialize(using = FixedMembers.Writer.class)
            Map<String, Object> rest) {}

    private record ByJackson(String id, @JsonAnyGetter Map<String, Object> rest) {}

    @ParameterizedTest
    @MethodSource("members")
    void membersAreWrittenAsJacksonWritesThem(Map<String, Object> members) throws JsonProcessingException {
        String expected = mapper.writeValueAsString(List.of(new ByJackson("7", members), 1));

        assertThat(mapper.writeValueAsString(List.of(new Shown("7", new FixedMembers(members)), 1)))
                .isEqualTo(expected);
        assertThat(mapper.writeValueAsString(List.of(new Shown("7", members), 1)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("members")
    void indentedMembersAreWrittenAsJacksonWritesThem(Map<String, Object> members) throws JsonProcessingException {
        assertThat(mapper.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(new Shown("7", new FixedMembers(members))))
                .isEqualTo(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(new ByJackson("7", members)));
    }

    @Test
    void laterChangesOfTheMapHaveNoEffect() throws JsonProcessingException {
        Map<String, Object> members = new LinkedHashMap<>(Map.of("a", 1));
        FixedMembers fixed = new FixedMembers(members);
        members.put("b", 2);

        assertThat(fixed).isEqualTo(Map.of("a", 1));
        assertThat(mapper.writeValueAsString(new Shown("7", fixed))).isEqualTo("{\"id\":\"7\",\"a\":1}");
    }

    private static List<Map<String, Object>> members() {
        List<Map<String, Object>> members = new ArrayList<>();
        members.add(Map.of("only", true));
        members.add(Map.of("a \"quoted\" \u00e9\ud83d\ude00\n", List.of()));
        Map<String, Object> several = new LinkedHashMap<>();
        several.put("first", null);
        several.put("text", "a \"quoted\" \u00e9\ud83d\ude00\n");
        several.put("number", 1.5);
        several.put("list", Arrays.asList(1, null, Map.of("deep", List.of("x"))));
        several.put("object", Map.of());
        members.add(several);
        for (String file : new String[] {"project.json", "team.json", "organization.json"}) {
            members.add(DefaultMembers.load(file));
        }
        return members;
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper();
        new JsonFormat().customize(mapper);
        return mapper;
    }
}
