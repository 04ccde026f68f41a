package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.countersign.dsn.DsnUrls;
import dev.countersign.projectkey.store.BrowserSdk;
import dev.countersign.projectkey.store.LoaderOptions;
import dev.countersign.ratelimit.RateLimit;
import dev.countersign.testsupport.FixedIngestHosts;
import dev.countersign.web.json.JsonFormat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON of a client key, written by hand and by Jackson. */
class ProjectKeyWriterTest {

    private static final Instant TIME = Instant.parse("2026-11-27T08:09:10.111Z");
    private static final DsnUrls DSN = FixedIngestHosts.at("https://ingest.example.com")
            .choose(null, null)
            .build(1, 4711L, "a".repeat(32), "c".repeat(32));

    private final ObjectMapper service = mapper();

    /** Reads the annotations of a key, except the one that names the writer. */
    private final ObjectMapper jackson = mapper();

    ProjectKeyWriterTest() {
        jackson.setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
            @Override
            public Object findSerializer(Annotated place) {
                return place.getRawType() == ProjectKeyResponse.class ? null : super.findSerializer(place);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keyIsWrittenAsItsAnnotationsDescribe(ProjectKeyResponse key) throws JsonProcessingException {
        assertThat(service.writeValueAsString(key)).isEqualTo(jackson.writeValueAsString(key));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void indentedKeyIsWrittenAsItsAnnotationsDescribe(ProjectKeyResponse key) throws JsonProcessingException {
        assertThat(service.writerWithDefaultPrettyPrinter().writeValueAsString(List.of(key)))
                .isEqualTo(jackson.writerWithDefaultPrettyPrinter().writeValueAsString(List.of(key)));
    }

    @Test
    void comparisonDoesNotUseTheWriter() throws JsonMappingException {
        assertThat(service.getSerializerProviderInstance().findValueSerializer(ProjectKeyResponse.class))
                .isInstanceOf(ProjectKeyWriter.class);
        assertThat(jackson.getSerializerProviderInstance().findValueSerializer(ProjectKeyResponse.class))
                .isNotInstanceOf(ProjectKeyWriter.class);
    }

    private static List<ProjectKeyResponse> keys() {
        return List.of(
                key("Pump", null, null, null, null, null, null, new LoaderOptions(true, false, true, false, true)),
                key(
                        "\"\u00fc\ud83d\ude00\n",
                        new RateLimit(60, 5),
                        Map.of("eu", DSN),
                        TIME.plusSeconds(1),
                        "b".repeat(32),
                        Optional.of(TIME),
                        "demo",
                        new LoaderOptions(false, true, false, true, false)),
                key(
                        "",
                        null,
                        Map.of(),
                        null,
                        null,
                        Optional.empty(),
                        "user",
                        new LoaderOptions(true, true, false, false, false)));
    }

    private static ProjectKeyResponse key(
            String name,
            RateLimit limit,
            Map<String, DsnUrls> dsns,
            Instant expires,
            String replacedBy,
            Optional<Instant> seen,
            String useCase,
            LoaderOptions options) {
        return new ProjectKeyResponse(
                "a".repeat(32),
                name,
                name,
                "a".repeat(32),
                "c".repeat(32),
                4711L,
                limit == null,
                limit,
                DSN,
                dsns,
                "10.x",
                BrowserSdk.OFFERED,
                TIME,
                expires,
                replacedBy,
                seen,
                options,
                useCase);
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper().registerModule(new Jdk8Module());
        new JsonFormat().customize(mapper);
        return mapper;
    }
}
