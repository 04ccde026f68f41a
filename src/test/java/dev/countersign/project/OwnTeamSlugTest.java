package dev.countersign.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.credential.Caller;
import dev.countersign.slug.Slug;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The slug of the team that a project gets if its creator names none. */
class OwnTeamSlugTest {

    private static final String LONGEST_ISSUER = "i".repeat(32);

    @Test
    void operatorHasATeamByName() {
        assertThat(ProjectService.ownTeamSlug(new Caller.Operator())).isEqualTo("team-operator");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system:serviceaccount:a-namespace-with-a-long-name:deployer",
                "repo:acme/Shop:ref:refs/heads/main",
                "Zoë \"?#%"
            })
    void subjectOfATokenMakesASlugThatFitsAndThatAPathCanName(String subject) {
        String slug = slug(LONGEST_ISSUER, subject);

        assertThat(slug).matches(Slug.TEAM.form()).hasSizeLessThanOrEqualTo(Slug.TEAM.maxLength());
        assertThat(slug(LONGEST_ISSUER, subject)).isEqualTo(slug);
    }

    @Test
    void twoSubjectsShareNoTeam() {
        assertThat(slug("k8s", "system:serviceaccount:shop:app-x"))
                .startsWith("team-k8s-")
                .isNotEqualTo(slug("k8s", "system:serviceaccount:shop-app:x"));
    }

    private static String slug(String issuer, String subject) {
        return ProjectService.ownTeamSlug(new Caller.Issued(issuer, subject, 1, List.of("project:write")));
    }
}
