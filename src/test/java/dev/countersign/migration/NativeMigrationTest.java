package dev.countersign.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.extensibility.Plugin;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Flyway finds its parts by name, so the native executable has to register each of them. */
class NativeMigrationTest {

    private static final String FOLDER = "/META-INF/native-image/dev.countersign/countersign/";

    @Test
    void exactlyExistingPluginsAreRegistered() throws IOException {
        Set<String> plugins = new TreeSet<>();
        for (URL file : Collections.list(
                getClass().getClassLoader().getResources("META-INF/services/" + Plugin.class.getName()))) {
            try (var in = file.openStream()) {
                plugins.addAll(List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .strip()
                        .split("\\s+")));
            }
        }

        Set<String> registered = new TreeSet<>();
        for (JsonNode type : new JsonMapper().readTree(resource("reflect-config.json"))) {
            registered.add(type.path("name").asText());
        }
        assertThat(plugins).hasSizeGreaterThan(10);
        assertThat(registered).containsAll(plugins).allSatisfy(name -> assertThat(
                        Class.forName(name, false, getClass().getClassLoader()))
                .isNotNull());
    }

    @Test
    void flywayAndItsDriverAreInitializedAtRunTime() throws IOException {
        String arguments = new String(resource("native-image.properties").readAllBytes(), StandardCharsets.UTF_8);
        String packages = arguments.substring(arguments.indexOf("run-time=") + "run-time=".length());

        assertThat(packages.split("\\s")[0].split(","))
                .satisfiesExactly(
                        name -> assertThat(Flyway.class.getName()).startsWith(name + "."),
                        name -> assertThat(PGSimpleDataSource.class.getName()).startsWith(name + "."));
    }

    private static java.io.InputStream resource(String name) {
        return Objects.requireNonNull(NativeMigrationTest.class.getResourceAsStream(FOLDER + name), name);
    }
}
