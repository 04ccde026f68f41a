package dev.countersign.postgres.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Replicas;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithReplicas;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change of a row under a lock, and on a newer schema. */
@WithReplicas
class RowChangeIT {

    /** More changes than connections. */
    private static final int CHANGES = 20;

    private final Replicas.Pair replicas;
    private Tenant tenant;
    private String key;

    RowChangeIT(Replicas.Pair replicas) {
        this.replicas = replicas;
    }

    @BeforeEach
    void createKey() {
        tenant = replicas.newTenant();
        key = tenant.key(tenant.newKey("""
                {"name":"Before"}"""));
    }

    @Test
    void lockedRowIsUnavailableAndUnchanged() throws SQLException {
        String project = tenant.path("projects/{o}/{p}/");
        try (Connection other = replicas.connect()) {
            other.setAutoCommit(false);
            other.createStatement()
                    .execute("select from project_key, project where project_key.project_id = project.id"
                            + " and project.id = " + tenant.projectId() + " for no key update");

            Response ofKey = Api.operator().put(key, """
                    {"name":"After"}""");
            Response ofProject = Api.operator().put(project, """
                    {"name":"After","resolveAge":5}""");

            assertThat(ofKey.statusCode()).isEqualTo(503);
            assertThat(ofProject.statusCode()).isEqualTo(503);
            assertThat(ofProject.header("Retry-After")).isNotNull();
            assertThat(Api.operator().put(key, """
                    {"name":"Before"}""").statusCode())
                    .as("what changes nothing waits for no lock")
                    .isEqualTo(200);
            other.rollback();
        }
        assertThat(Api.operator().get(key).jsonPath().getString("name")).isEqualTo("Before");
        assertThat(Api.operator().get(project).jsonPath().getInt("resolveAge")).isZero();
        assertThat(Api.operator().put(key, """
                {"name":"After"}""").statusCode()).isEqualTo(200);
    }

    /** In a rolling upgrade this version runs on the schema of the next version. */
    @Test
    void addedColumnDisturbsNoUpdate() throws SQLException {
        change("before");
        replicas.sql("alter table project_key add column added_later text");
        try {
            change("after");
        } finally {
            replicas.sql("alter table project_key drop column added_later");
        }
    }

    private void change(String name) {
        for (int i = 0; i < CHANGES; i++) {
            assertThat(Api.operator()
                            .put(key, """
                                    {"name":"%s%s"}""".formatted(name, i))
                            .jsonPath()
                            .getString("name"))
                    .isEqualTo(name + i);
        }
    }
}
