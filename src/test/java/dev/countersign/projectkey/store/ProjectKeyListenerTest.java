package dev.countersign.projectkey.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.credential.Caller;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Listeners hear of each created, changed and removed client key. */
@QuarkusTest
class ProjectKeyListenerTest extends WithTenant {

    private final Recorder recorder;

    ProjectKeyListenerTest(Recorder recorder) {
        this.recorder = recorder;
    }

    @Test
    void listenerHearsOfADefaultKey() {
        assertThat(events()).containsExactly("operator created Default");
    }

    @Test
    void listenerHearsOfACreatedKey() {
        tenant.newKey("""
                {"name":"Mine"}""");

        assertThat(events()).contains("operator created Mine");
    }

    @Test
    void listenerHearsOfAChangedKeyOnly() {
        String key = tenant.key(tenant.newKey("""
                {"name":"Mine"}"""));

        Api.operator().put(key, """
                {"name":"Changed"}""");
        Api.operator().put(key, """
                {"name":"Changed"}""");
        Api.operator().put(key, "{}");

        assertThat(events())
                .filteredOn(event -> event.contains(" changed "))
                .containsExactly("operator changed Changed");
    }

    @Test
    void listenerHearsOfARemovedKeyOnce() {
        String publicKey = tenant.newKey("""
                {"name":"Mine"}""");

        Api.operator().delete(tenant.key(publicKey));
        Api.operator().delete(tenant.key(publicKey));

        assertThat(events())
                .filteredOn(event -> event.contains(" removed "))
                .containsExactly("operator removed " + publicKey);
    }

    @Test
    void listenerHearsOfBothKeysOfARotation() {
        String old = tenant.newKey("""
                {"name":"Mine"}""");

        tenant.rotate(old, "{}").then().statusCode(201);
        tenant.rotate(old, "{}").then().statusCode(409);

        assertThat(events())
                .filteredOn(event -> event.endsWith(" Mine"))
                .containsExactly("operator created Mine", "operator created Mine", "operator changed Mine");
    }

    @Test
    void listenerHearsOfEachKeyThatIsRemovedWithItsName() {
        String old = tenant.newKey("""
                {"name":"Mine"}""");
        String successor = tenant.rotate(old, "{}").jsonPath().getString("id");

        Api.operator().delete(tenant.named("Mine")).then().statusCode(204);

        assertThat(events())
                .filteredOn(event -> event.contains(" removed "))
                .containsExactlyInAnyOrder("operator removed " + old, "operator removed " + successor);
    }

    @Test
    void listenerHearsNothingOfARefusedKey() {
        String publicKey = tenant.newKey("""
                {"name":"First"}""");

        assertThat(Api.operator().post(tenant.keys(), """
                                {"name":"Second","public":"%s"}""".formatted(publicKey)).statusCode())
                .isEqualTo(409);
        assertThat(events()).contains("operator created First").doesNotContain("operator created Second");
    }

    @Test
    void listenerHearsOnceOfARepeatedRequest() {
        for (int i = 0; i < 2; i++) {
            Api.operator()
                    .request()
                    .header("Idempotency-Key", "once")
                    .contentType("application/json")
                    .body("""
                            {"name":"Mine"}""")
                    .post(Api.url(tenant.keys()))
                    .then()
                    .statusCode(201);
        }

        assertThat(events()).containsOnlyOnce("operator created Mine");
    }

    @Test
    void failingListenerChangesNothing() {
        String key = tenant.newKey("""
                {"name":"%s"}""".formatted(Recorder.REFUSED));

        assertThat(Api.operator().get(tenant.key(key)).statusCode()).isEqualTo(200);
    }

    private List<String> events() {
        return recorder.of(tenant.projectId());
    }

    /** Records the events. */
    @Singleton
    static class Recorder implements ProjectKeyListener {

        static final String REFUSED = "a listener fails at this key";

        private record Event(long projectId, String text) {}

        private final List<Event> events = new CopyOnWriteArrayList<>();

        @Override
        public void created(Caller caller, ProjectKey key) {
            if (key.label.equals(REFUSED)) {
                throw new IllegalStateException("as the test wants it");
            }
            note(key.projectId, caller, "created", key.label);
        }

        @Override
        public void changed(Caller caller, ProjectKey key) {
            note(key.projectId, caller, "changed", key.label);
        }

        @Override
        public void removed(Caller caller, long projectId, String publicKey) {
            note(projectId, caller, "removed", publicKey);
        }

        List<String> of(long projectId) {
            return events.stream()
                    .filter(event -> event.projectId == projectId)
                    .map(Event::text)
                    .toList();
        }

        private void note(long projectId, Caller caller, String what, String which) {
            events.add(new Event(projectId, caller.name() + " " + what + " " + which));
        }
    }
}
