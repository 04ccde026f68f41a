package dev.countersign.idempotency;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import io.restassured.response.Response;
import java.util.List;

/** The five requests that create an object under an {@code Idempotency-Key}. */
enum CreatedKind {
    ORGANIZATION("organizations/", "organizations/{object}/"),
    TEAM("organizations/{organization}/teams/", "teams/{organization}/{object}/"),
    PROJECT_WITH_TEAM("organizations/{organization}/projects/", "projects/{organization}/{object}/"),
    PROJECT("teams/{organization}/{team}/projects/", "projects/{organization}/{object}/"),
    CLIENT_KEY("projects/{organization}/{project}/keys/", "projects/{organization}/{project}/keys/{object}/");

    private final String list;
    private final String item;

    CreatedKind(String list, String item) {
        this.list = list;
        this.item = item;
    }

    /** The path of the list, which takes the POST. */
    String path(Tenant tenant) {
        return fill(list, tenant);
    }

    /** The path of a created object. */
    String path(Tenant tenant, Response created) {
        return fill(item, tenant).replace("{object}", created.jsonPath().getString(this == CLIENT_KEY ? "id" : "slug"));
    }

    /** How many objects of the list have a name. */
    long count(Tenant tenant, String name) {
        List<String> names = Api.operator().get(path(tenant)).jsonPath().getList("name");
        return names.stream().filter(name::equals).count();
    }

    private static String fill(String template, Tenant tenant) {
        return template.replace("{organization}", tenant.organization())
                .replace("{team}", tenant.team())
                .replace("{project}", tenant.project());
    }
}
