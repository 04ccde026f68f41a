package dev.countersign.loader;

import dev.countersign.announcement.AnnouncedCache;
import dev.countersign.announcement.CacheFactory;
import dev.countersign.announcement.ChangeSubject;
import dev.countersign.gate.source.LookupQueue;
import dev.countersign.gate.source.RecentMisses;
import dev.countersign.sqlstate.DatabaseFault;
import dev.countersign.sqlstate.DatabaseStateLog;
import dev.countersign.web.error.ApiException;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client key of a loader: in memory while announcements say that the key has not changed, otherwise in the database.
 * Requests that ask for keys which are not in memory share statements, one at a time. Does nothing before the first request.
 */
@ApplicationScoped
class LoaderKeys {

    private static final Logger LOG = Logger.getLogger(LoaderKeys.class);

    private static final int BATCH = 1000;
    private static final int PATIENCE_MILLIS = 2000;

    private final LoaderKeyRepository repository;
    private final DatabaseStateLog state;
    private final AnnouncedCache<String, @Nullable LoaderKey> cache;
    private final RecentMisses misses = new RecentMisses();
    private final Context loop;
    private final LookupQueue<Answer> queue;
    private boolean underWay;

    LoaderKeys(Vertx vertx, CacheFactory caches, LoaderKeyRepository repository, DatabaseStateLog state) {
        this.repository = repository;
        this.state = state;
        this.cache = caches.<String, @Nullable LoaderKey>create(LoaderKeys::subjects);
        this.loop = VertxContext.getRootContext(vertx.getOrCreateContext());
        this.queue = new LookupQueue<>(loop, PATIENCE_MILLIS, this::pump, any -> Answer.NONE);
    }

    /**
     * Finds a key; null if there is none.
     *
     * @param publicKey 32 lower-case hexadecimal digits
     * @return fails with {@link ApiException.Unavailable} if the database does not answer within two seconds
     */
    Uni<@Nullable LoaderKey> find(String publicKey) {
        return cache.get(publicKey, () -> ask(publicKey));
    }

    private Uni<@Nullable LoaderKey> ask(String publicKey) {
        if (misses.contains(publicKey, System.nanoTime())) {
            return Uni.createFrom().nullItem();
        }
        return Uni.createFrom().emitter(emitter -> {
            boolean waits = queue.ask(publicKey, loop.owner().getOrCreateContext(), answer -> {
                if (answer.given) {
                    emitter.complete(answer.key);
                } else {
                    emitter.fail(new ApiException.Unavailable());
                }
            });
            if (!waits) {
                emitter.fail(new ApiException.Unavailable());
            }
        });
    }

    /** Sends the next statement unless one is under way. Runs on the loop, as all that follows. */
    private void pump() {
        if (underWay || !queue.hasUnasked()) {
            return;
        }
        underWay = true;
        long asked = System.nanoTime();
        misses.forget(asked);
        Set<String> publicKeys = new LinkedHashSet<>();
        queue.take(publicKeys, BATCH);
        repository
                .find(publicKeys)
                .subscribe()
                .with(
                        found -> loop.runOnContext(any -> answer(publicKeys, found, asked)),
                        failure -> loop.runOnContext(any -> fail(failure)));
    }

    private void answer(Set<String> publicKeys, Map<String, LoaderKey> found, long asked) {
        publicKeys.stream().filter(key -> !found.containsKey(key)).forEach(key -> misses.add(key, asked));
        queue.answer(publicKey -> new Answer(found.get(publicKey), true));
        goOn();
    }

    private void fail(Throwable failure) {
        if (DatabaseFault.isUnavailable(failure)) {
            state.failed(failure);
        } else {
            LOG.error("Client keys of loaders could not be read", failure);
        }
        queue.answerNothing();
        goOn();
    }

    private void goOn() {
        underWay = false;
        pump();
    }

    private static List<String> subjects(@Nullable LoaderKey key) {
        return key == null
                ? List.of()
                : List.of(
                        ChangeSubject.clientKey(key.id()),
                        ChangeSubject.project(key.projectId()),
                        ChangeSubject.organization(key.organizationId()));
    }

    /**
     * What a request waits for.
     *
     * @param key null if there is none
     * @param given whether the database has answered
     */
    private record Answer(@Nullable LoaderKey key, boolean given) {
        static final Answer NONE = new Answer(null, false);
    }
}
