package dev.countersign.credential.limit;

import dev.countersign.web.filter.Sender;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address of a request's client, also behind trusted proxies, to limit the invalid credentials of each
 * client. Behind trusted proxies, the client is the rightmost address of {@code X-Forwarded-For} that does not belong
 * to a trusted proxy. Proxies append on the right, and the client itself may have sent everything further left.
 */
@Singleton
@Startup
public class ClientAddress {

    private static final int IPV6_NETWORK_BYTES = 8;

    private final Networks trusted;

    ClientAddress(LimitConfig config) {
        this.trusted = Networks.require(config.trustedProxies().orElse(List.of()));
    }

    /**
     * The client as one text, which is the same for all addresses that one owner can choose freely: the whole IPv4
     * address, or the first 64 bits of an IPv6 address.
     *
     * @param sender the sender of the request; all without an address of a network count as one client
     */
    public String group(Sender sender) {
        byte[] client = Networks.address(sender.peer());
        if (client == null || trusted.isEmpty()) {
            return group(client);
        }
        List<String> hops = new ArrayList<>();
        sender.forwardedFor().forEach(header -> hops.addAll(Arrays.asList(header.split(","))));
        for (int i = hops.size() - 1; i >= 0 && trusted.contain(client); i--) {
            byte[] before = Networks.address(withoutPort(hops.get(i).strip()));
            if (before == null) {
                break; // The hop is unreadable, so the proxy counts as the client.
            }
            client = before;
        }
        return group(client);
    }

    private static String group(byte @Nullable [] address) {
        return address == null
                ? ""
                : HexFormat.of().formatHex(address, 0, Math.min(address.length, IPV6_NETWORK_BYTES));
    }

    /** Removes the port from {@code 192.0.2.1:5000} and {@code [2001:db8::1]:5000}, which some proxies write. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            return hop.substring(1, Math.max(1, hop.indexOf(']')));
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
