package dev.countersign.relay.trusted;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.credential.limit.ClientAddress;
import dev.countersign.credential.limit.FailedCredentials;
import dev.countersign.web.error.ApiException;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Limits the bad requests of a client address, because to verify a signature or to read a registration takes many times the work
 * of a refusal. A signature that is not good and a registration that is refused count as invalid credentials. Once an address
 * has reached the limit, its requests are refused unread. Only those that name a trusted relay still have a share of each
 * second: a large one where the relay has sent a good request from this address within an hour, so that it goes on beside an
 * attacker behind the same address, and a small one where it has not, so that it can begin.
 */
@Singleton
public class BadRequestLimit {

    /** At 0.65 ms for a signature, a third of a processor. A relay sends some ten requests a second. */
    private static final int SHARE_OF_KNOWN = 500;

    private static final int SHARE_OF_OTHERS = 20;
    private static final int MAX_KNOWN = 10_000;
    private static final Duration KNOWN_FOR = Duration.ofHours(1);

    private final FailedCredentials failures;
    private final ClientAddress addresses;
    private final TrustedRelays relays;
    private final PerSecond known = new PerSecond(SHARE_OF_KNOWN);
    private final PerSecond others = new PerSecond(SHARE_OF_OTHERS);

    /** The addresses of relays: an address and the id of a relay that has sent a good request from there. */
    private final Cache<String, Boolean> places = Caffeine.newBuilder()
            .maximumSize(MAX_KNOWN)
            .expireAfterWrite(KNOWN_FOR)
            .build();

    BadRequestLimit(FailedCredentials failures, ClientAddress addresses, TrustedRelays relays) {
        this.failures = failures;
        this.addresses = addresses;
        this.relays = relays;
    }

    /**
     * Refuses a request that would be too much work for its address. Must be called before its body is read and its signature
     * verified.
     *
     * @throws ApiException.TooManyRequests if the request is refused
     */
    public void require(SignedRequest request) {
        String address = addresses.group(request.sender());
        if (failures.isReached(address) && !hasShare(address, request)) {
            failures.count(address);
        }
    }

    /** Notes that a request was good. */
    public void good(SignedRequest request, Relay relay) {
        if (failures.isOn()) {
            places.put(place(addresses.group(request.sender()), relay), true);
        }
    }

    /** Counts a bad request, and answers the failure to throw: that of the request, or 429 past the limit. */
    public ApiException bad(SignedRequest request, ApiException failure) {
        if (!failures.isOn()) {
            return failure;
        }
        try {
            failures.count(addresses.group(request.sender()));
            return failure;
        } catch (ApiException.TooManyRequests tooMany) {
            return tooMany;
        }
    }

    private boolean hasShare(String address, SignedRequest request) {
        Relay relay = relays.find(request.relayId());
        if (relay == null) {
            return false;
        }
        return places.getIfPresent(place(address, relay)) != null ? known.take() : others.take();
    }

    private static String place(String address, Relay relay) {
        return address + " " + relay.id();
    }
}
