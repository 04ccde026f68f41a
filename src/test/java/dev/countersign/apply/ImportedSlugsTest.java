package dev.countersign.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An imported slug that the API refuses for a new object names the stored one in documents. */
@QuarkusTest
class ImportedSlugsTest extends WithDocuments {

    private static final String LONG = "p" + "x".repeat(199);

    private static final List<String> NOTHING = List.of();

    ImportedSlugsTest() {
        super("org_");
    }

    @BeforeEach
    void importOrganization() throws SQLException {
        execute("insert into organization (slug, name, date_added, changed_by) values ('ORG', 'ORG', now(), 'import')");
        apply("teams: [{slug: core}]\nprojects: [{slug: api}]");
        execute(
                "update team set slug = 'Core' where organization_id = (select id from organization where slug = 'ORG')");
        execute("update project set slug = '" + LONG
                + "' where organization_id = (select id from organization where slug = 'ORG')");
    }

    @Test
    void storedObjectsAreNamedByTheirSlugs() {
        String members = """
                name: Imported
                teams: [{slug: Core, name: Team}]
                projects: [{slug: %s, teams: [Core], name: Project, keys: [{name: Default}]}]
                """.formatted(LONG);

        assertThat(apply(members))
                .isEqualTo(new Outcome(
                        List.of(
                                "~ organization ORG name",
                                "~ team ORG/Core name",
                                "~ project ORG/" + LONG + " name",
                                "+ team link ORG/" + LONG + "/Core"),
                        NOTHING,
                        NOTHING));
        assertThat(apply(members)).isEqualTo(new Outcome(NOTHING, NOTHING, NOTHING));
        operator.get("projects/" + organization + "/" + LONG + "/").then().body("name", equalTo("Project"));
    }

    @Test
    void formerSlugIsReplacedByOneOfTheApi() {
        assertThat(apply("""
                        teams: [{slug: kernel, formerly: [Core]}]
                        projects: [{slug: short, formerly: [%s]}]
                        """.formatted(LONG)).steps())
                .containsExactly("~ team ORG/kernel slug", "~ project ORG/short slug");
    }

    @Test
    void newObjectsHaveSlugsOfTheApi() {
        assertThat(apply("""
                        teams: [{slug: Other}]
                        projects: [{slug: teams}, {slug: %s}]
                        """.formatted(LONG.replace('x', 'y'))).faults())
                .containsExactly(
                        "acme.yaml:3: teams[0].slug: Enter a valid slug consisting of lowercase letters, numbers,"
                                + " underscores or hyphens. It cannot be entirely numeric.",
                        "acme.yaml:4: projects[0].slug: The slug \"teams\" is reserved and not allowed.",
                        "acme.yaml:4: projects[1].slug: Ensure this field has no more than 100 characters.");
    }

    @Test
    void storedObjectIsNotRenamedToSuchASlug() {
        assertThat(apply("teams: [{slug: KERNEL, formerly: [Core]}]").faults()).hasSize(1);
    }

    @Test
    void organizationThatIsNotStoredNeedsASlugOfTheApi() throws SQLException {
        execute("delete from organization where slug = 'ORG'");

        assertThat(apply("name: Acme").faults())
                .containsExactly("acme.yaml:2: organization: Enter a valid slug consisting of letters, numbers, or"
                        + " hyphens. It cannot be entirely numeric or start/end with a hyphen.");
    }
}
