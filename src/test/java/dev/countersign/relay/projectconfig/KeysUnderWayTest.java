package dev.countersign.relay.projectconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How many keys may be asked for at the same time. */
class KeysUnderWayTest {

    private final KeysUnderWay keys = new KeysUnderWay();
    private final List<CompletableFuture<String>> answers = new ArrayList<>();

    @Test
    void refusedUntilAnotherRequestHasEnded() {
        begin(10_000);
        begin(9_000);
        begin(1);

        assertRefused(1);
        answers.get(1).complete("answer");
        begin(9_000);
        assertRefused(1);
    }

    @Test
    void failureAndClientThatHangsUpFreeThePlace() {
        begin(20_000);
        answers.get(0).completeExceptionally(new IllegalStateException());
        CompletableFuture<String> hungUp = begin(20_000);
        hungUp.cancel(true);

        begin(20_000);
        assertRefused(1);
    }

    @Test
    void anyNumberIsAcceptedAlone() {
        begin(29_000);

        assertRefused(1);
        answers.get(0).complete("answer");
        begin(29_000);
    }

    @Test
    void workThatCannotBeginFreesItsPlace() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> keys.count(20_000, () -> {
                                throw new IllegalStateException();
                            })
                            .await()
                            .indefinitely())
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private CompletableFuture<String> begin(int number) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.add(answer);
        CompletableFuture<String> result = keys.count(
                        number, () -> Uni.createFrom().completionStage(answer))
                .subscribeAsCompletionStage();
        assertThat(result).isNotDone();
        return result;
    }

    private void assertRefused(int number) {
        assertThatThrownBy(() -> keys.count(number, () -> Uni.createFrom().item("answer"))
                        .await()
                        .indefinitely())
                .isInstanceOf(ApiException.Unavailable.class);
    }
}
