package dev.countersign.postgres.pool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.web.error.ApiException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SessionsTest {

    @Inject
    Sessions sessions;

    @Test
    void failureOfTheWorkIsToldWhereTheConnectionBreaksToo() {
        assertThatThrownBy(() -> VertxContextSupport.subscribeAndAwait(
                        () -> sessions.transaction("project", 0L, SessionsTest::failWithoutConnection)))
                .isInstanceOf(ApiException.NotFound.class);
    }

    private static Uni<Void> failWithoutConnection() {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(
                                "select pg_terminate_backend(pg_backend_pid())", Boolean.class)
                        .getSingleResult())
                .onItemOrFailure()
                .transformToUni((ended, broken) -> Uni.createFrom().failure(new ApiException.NotFound()));
    }
}
