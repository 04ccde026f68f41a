package dev.countersign.credential.limit;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
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

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final int ANY_PORT = 0;

    /** The first 12 bytes of an IPv4 address that is written as IPv6. */
    private static final byte[] IPV4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private final List<IpSubnetFilterRule> trusted;

    ClientAddress(LimitConfig config) {
        this.trusted = requireNetworks(config.trustedProxies().orElse(List.of()));
    }

    /**
     * Parses addresses and networks.
     *
     * @throws IllegalArgumentException where a text is neither; its message continues a sentence about the list
     */
    public static List<IpSubnetFilterRule> requireNetworks(List<String> texts) {
        return texts.stream().map(text -> network(text.strip())).toList();
    }

    /**
     * The client as one text, which is the same for all addresses that one owner can choose freely: the whole IPv4
     * address, or the first 64 bits of an IPv6 address.
     *
     * @param peer the address of the connection, such as {@code 192.0.2.1}; all other values count as one client
     * @param forwardedFor the headers {@code X-Forwarded-For}, in their order
     */
    public String group(@Nullable String peer, List<String> forwardedFor) {
        byte[] client = parse(peer);
        if (client == null || trusted.isEmpty()) {
            return group(client);
        }
        List<String> hops = new ArrayList<>();
        forwardedFor.forEach(header -> hops.addAll(Arrays.asList(header.split(","))));
        for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
            byte[] before = parse(withoutPort(hops.get(i).strip()));
            if (before == null) {
                break; // The hop is unreadable, so the proxy counts as the client.
            }
            client = before;
        }
        return group(client);
    }

    private boolean isTrusted(byte[] address) {
        InetSocketAddress socket = new InetSocketAddress(inet(address), ANY_PORT);
        return trusted.stream().anyMatch(network -> network.matches(socket));
    }

    private static String group(byte @Nullable [] address) {
        return address == null
                ? ""
                : HexFormat.of().formatHex(address, 0, Math.min(address.length, IPV6_NETWORK_BYTES));
    }

    private static byte @Nullable [] parse(@Nullable String address) {
        byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || bytes.length == IPV4_BYTES) {
            return bytes;
        }
        boolean mapped = Arrays.equals(IPV4_MAPPED, Arrays.copyOf(bytes, IPV4_MAPPED.length));
        return mapped ? Arrays.copyOfRange(bytes, IPV4_MAPPED.length, bytes.length) : bytes;
    }

    /** Removes the port from {@code 192.0.2.1:5000} and {@code [2001:db8::1]:5000}, which some proxies write. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            return hop.substring(1, Math.max(1, hop.indexOf(']')));
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    private static IpSubnetFilterRule network(String text) {
        int slash = text.indexOf('/');
        byte[] address = parse(slash < 0 ? text : text.substring(0, slash));
        try {
            if (address != null) {
                int bits = address.length == IPV4_BYTES ? IPV4_BITS : IPV6_BITS;
                int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
                return new IpSubnetFilterRule(inet(address), prefix, IpFilterRuleType.ACCEPT);
            }
        } catch (IllegalArgumentException e) {
            // The prefix is not a number, or is too long.
        }
        throw new IllegalArgumentException("holds an entry that is neither an address nor a network");
    }

    private static InetAddress inet(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // Only an array of a wrong length fails, and parse returns none.
        }
    }
}
