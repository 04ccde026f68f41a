package dev.countersign.issuer.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.issuer.Signer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When keys are loaded, by a clock of the test. */
class IssuerKeysTest {

    private static final Duration MAX_STALE = Duration.ofHours(24);
    private static final String ONE = Signer.jwks(Signer.create("one", "EdDSA"));
    private static final String TWO = Signer.jwks(Signer.create("two", "EdDSA"));

    private final List<Promise<KeySet>> loads = new ArrayList<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private long nanos = 1_000;
    private final IssuerKeys keys = keys(KeySchedule.url(MAX_STALE));

    @Test
    void nothingIsLoadedBeforeATokenComesAndAllTokensShareOneLoad() {
        assertThat(loads).isEmpty();

        Future<Void> first = keys.prepare();
        Future<Void> second = keys.prepare();

        assertThat(loads).hasSize(1);
        assertThat(first).isNotNull().satisfies(load -> assertThat(load.isComplete())
                .isFalse());
        assertThat(second).isSameAs(first);
        answer(ONE);
        assertThat(first.succeeded()).isTrue();
        assertThat(keys.prepare()).isNull();
        assertThat(keys.find("one")).isNotNull();
        assertThat(changes).hasValue(1);
    }

    @Test
    void failedLoadIsTriedAgainAfterGrowingPauses() {
        for (int pause : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(keys.prepare()).isNotNull();
            fail();
            assertThat(keys.isUsable()).isFalse();
            assertThat(keys.secondsToNextLoad()).isEqualTo(pause);
            pass(Duration.ofSeconds(pause).minusNanos(1));
            assertThat(keys.prepare()).as("still pausing").isNull();
            pass(Duration.ofNanos(1));
        }
        assertThat(loads).hasSize(8);
        keys.prepare();
        answer(ONE);
        assertThat(keys.isUsable()).isTrue();
    }

    /** A worker pool that is closed throws, for example. */
    @Test
    void sourceThatThrowsIsAFailedLoadLikeAnother() {
        AtomicInteger reads = new AtomicInteger();
        IssuerKeys throwing = keys(KeySchedule.url(MAX_STALE), () -> {
            reads.incrementAndGet();
            throw new IllegalStateException("closed");
        });

        Future<Void> load = throwing.prepare();

        assertThat(load).isNotNull();
        assertThat(load.isComplete()).isTrue();
        assertThat(throwing.secondsToNextLoad()).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        throwing.prepare();
        assertThat(reads).as("the next load is not taken for the first one").hasValue(2);
    }

    @Test
    void keysAreLoadedAgainAfterFiveMinutesWhileTokensAreServed() {
        loaded(ONE);
        pass(Duration.ofMinutes(5).minusNanos(1));
        assertThat(keys.prepare()).isNull();
        assertThat(loads).hasSize(1);

        pass(Duration.ofNanos(1));
        assertThat(keys.prepare()).as("nobody waits").isNull();
        assertThat(loads).hasSize(2);
        answer(TWO);

        assertThat(keys.find("one")).as("the set is replaced").isNull();
        assertThat(keys.find("two")).isNotNull();
        assertThat(changes).hasValue(2);
    }

    @Test
    void keysThatMayBeOldForAMinuteOnlyAreLoadedAgainBefore() {
        IssuerKeys brief = keys(KeySchedule.url(Duration.ofMinutes(1)));
        brief.prepare();
        answer(ONE);
        pass(Duration.ofSeconds(30));
        assertThat(brief.prepare()).as("nobody waits").isNull();
        assertThat(loads).hasSize(2);
        answer(ONE);
        pass(Duration.ofMinutes(2));
        assertThat(brief.prepare())
                .as("a load after two minutes without a token")
                .isNotNull();
        answer(ONE);
        assertThat(brief.find("one")).isNotNull();
    }

    @Test
    void sameKeysAreNoChange() {
        loaded(ONE);
        pass(Duration.ofMinutes(5));
        keys.prepare();
        answer(ONE);

        assertThat(changes).hasValue(1);
        assertThat(ended).hasValue(2);
    }

    @Test
    void earlierKeysStayAfterFailuresUntilTheyAreTooOld() {
        loaded(ONE);
        for (String bad : List.of("", "{\"keys\":[]}", "<html>")) {
            pass(Duration.ofHours(7));
            keys.prepare();
            answer(bad);
            assertThat(keys.find("one")).isNotNull();
        }
        pass(Duration.ofHours(3));
        assertThat(keys.find("one")).isNotNull();
        pass(Duration.ofNanos(1));
        assertThat(keys.find("one")).isNull();
        assertThat(keys.isUsable()).isFalse();
        assertThat(keys.prepare()).as("tokens wait again").isNotNull();
        answer(ONE);
        assertThat(keys.find("one")).isNotNull();
    }

    @Test
    void unknownKeyCausesOneLoadAMinute() {
        loaded(ONE);
        pass(Duration.ofSeconds(1));
        Future<Void> load = keys.loadForUnknown();
        assertThat(load).isNotNull();
        assertThat(keys.loadForUnknown()).as("the running one").isSameAs(load);
        answer(ONE);
        for (int i = 0; i < 1_000_000; i++) {
            assertThat(keys.loadForUnknown() == null).isTrue();
        }
        assertThat(loads).hasSize(2);
        pass(Duration.ofMinutes(1));
        assertThat(keys.loadForUnknown()).isNotNull();
        assertThat(loads).hasSize(3);
    }

    @Test
    void fileIsComparedAtMostEveryFiveSecondsAndTokensWaitForThat() {
        IssuerKeys file = keys(KeySchedule.file(MAX_STALE));
        file.prepare();
        answer(ONE);
        pass(Duration.ofSeconds(5).minusNanos(1));
        assertThat(file.prepare()).isNull();
        assertThat(file.loadForUnknown()).isNull();
        pass(Duration.ofNanos(1));
        assertThat(file.prepare()).isNotNull();
        assertThat(loads).hasSize(2);
        answer(TWO);
        assertThat(file.find("one")).isNull();
        assertThat(file.find("two")).isNotNull();
    }

    private IssuerKeys keys(KeySchedule schedule) {
        return keys(schedule, () -> {
            Promise<KeySet> load = Promise.promise();
            loads.add(load);
            return load.future();
        });
    }

    private IssuerKeys keys(KeySchedule schedule, KeySource source) {
        return new IssuerKeys("test", source, schedule, () -> nanos, new IssuerKeys.LoadListener() {
            @Override
            public void changed() {
                changes.incrementAndGet();
            }

            @Override
            public void ended(boolean succeeded) {
                ended.incrementAndGet();
            }
        });
    }

    private void loaded(String json) {
        keys.prepare();
        answer(json);
    }

    private void answer(String json) {
        Promise<KeySet> load = loads.get(loads.size() - 1);
        try {
            load.complete(KeySet.read(json.getBytes(StandardCharsets.UTF_8)));
        } catch (KeySet.InvalidKeysException e) {
            load.fail(e);
        }
    }

    private void fail() {
        loads.get(loads.size() - 1).fail("away");
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
