package dev.countersign.gate.asker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.credential.Caller;
import dev.countersign.credential.CredentialProvider;
import dev.countersign.credential.Scope;
import dev.countersign.credential.Secret;
import dev.countersign.crypto.HashKey;
import dev.countersign.gate.known.GateConfig;
import dev.countersign.web.error.ApiException;
import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the sender of a request to the gate by an API key: looks the key up in the database, and remembers confirmed
 * askers in memory. These can go on while the database is away, for as long as the keys that they ask about.
 */
@Singleton
class ApiKeyAskers {

    /** How long a confirmed asker is not confirmed again. A change of an API key is obeyed within a second. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** How long after a failed attempt a remembered asker does not wait for another one. */
    private static final long AWAY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** How long a confirmation counts while the next one is on its way, so that a revoked key is obeyed within a second. */
    private static final long RENEWAL_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    /** How long the database is silent before the grace begins. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int MAX_REMEMBERED = 1000;

    /** The most look-ups at a time. Whoever reaches the port can cause one by a text with the form of an API key. */
    private static final int MAX_LOOKUPS = 64;

    private final Vertx vertx;
    private final CredentialProvider credentials;
    private final long graceNanos;
    private final Cache<HashKey, Confirmed> remembered =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();
    private final AtomicInteger lookups = new AtomicInteger();

    ApiKeyAskers(Vertx vertx, CredentialProvider credentials, GateConfig config) {
        this.vertx = vertx;
        this.credentials = credentials;
        this.graceNanos = SILENCE_NANOS + config.grace().toNanos();
    }

    /** Finds the asker with an API key, see {@link Askers#identify}. */
    void identify(Secret secret, long limitMillis, Consumer<Asker> then) {
        HashKey hash = secret.hashKey();
        Confirmed confirmed = remembered.getIfPresent(hash);
        long now = System.nanoTime();
        if (confirmed != null && (confirmed.isFresh(now) || confirmed.failedJustNow(now))) {
            then.accept(confirmed.orUnconfirmed(now, graceNanos));
        } else if (confirmed != null && confirmed.isBeingRenewed(now)) {
            then.accept(confirmed.asker);
        } else if (lookups.incrementAndGet() > MAX_LOOKUPS) {
            lookups.decrementAndGet();
            then.accept(confirmed == null ? Asker.UNCONFIRMED : confirmed.orUnconfirmed(now, RENEWAL_NANOS));
        } else {
            new LookUp(hash, confirmed, now, then).start(secret, limitMillis);
        }
    }

    private static Asker asker(Caller caller) {
        return caller.has(Scope.GATE_CHECK) ? new Asker.Known(caller.reach()) : Asker.FORBIDDEN;
    }

    /** Remembers when the database confirmed an asker, and when it last failed to. */
    private static final class Confirmed {

        private final Asker asker;
        private final long nanos;
        private volatile long failedNanos;
        private volatile boolean renewing;

        Confirmed(Asker asker, long nanos) {
            this.asker = asker;
            this.nanos = nanos;
            this.failedNanos = nanos - AWAY_NANOS;
        }

        boolean isFresh(long now) {
            return now - nanos < FRESH_NANOS;
        }

        boolean failedJustNow(long now) {
            return now - failedNanos < AWAY_NANOS;
        }

        boolean isBeingRenewed(long now) {
            return renewing && now - nanos < RENEWAL_NANOS;
        }

        Asker orUnconfirmed(long now, long graceNanos) {
            return now - nanos < graceNanos ? asker : Asker.UNCONFIRMED;
        }
    }

    /** Asks for one credential, and answers after the time limit if the credential has not come. Runs on one context. */
    private final class LookUp {

        private final HashKey hash;
        private final @Nullable Confirmed before;
        private final long asked;
        private final Consumer<Asker> then;
        private boolean answered;
        private long timer;

        LookUp(HashKey hash, @Nullable Confirmed before, long asked, Consumer<Asker> then) {
            this.hash = hash;
            this.before = before;
            this.asked = asked;
            this.then = then;
            if (before != null) {
                before.renewing = true;
            }
        }

        void start(Secret secret, long limitMillis) {
            timer = vertx.setTimer(limitMillis, late -> answer(unconfirmed()));
            credentials
                    .findCaller(secret)
                    .onTermination()
                    .invoke(lookups::decrementAndGet)
                    .subscribe()
                    .with(this::found, this::failed);
        }

        private void found(Caller caller) {
            Asker asker = asker(caller);
            remembered.put(hash, new Confirmed(asker, asked));
            answer(asker);
        }

        private void failed(Throwable failure) {
            if (failure instanceof AuthenticationFailedException || failure instanceof ApiException.Unauthorized) {
                remembered.invalidate(hash);
                answer(Asker.NOBODY);
            } else if (failure instanceof ApiException.Forbidden) {
                remembered.invalidate(hash);
                answer(Asker.FORBIDDEN);
            } else {
                answer(unconfirmed());
            }
        }

        private Asker unconfirmed() {
            if (before == null) {
                return Asker.UNCONFIRMED;
            }
            before.failedNanos = System.nanoTime();
            before.renewing = false;
            return before.orUnconfirmed(asked, graceNanos);
        }

        private void answer(Asker asker) {
            if (!answered) {
                answered = true;
                vertx.cancelTimer(timer);
                then.accept(asker);
            }
        }
    }
}
