package dev.countersign.credential.limit;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds IP addresses and networks that the configuration trusts, of IPv4 and IPv6, and tells whether an address is among them.
 * An IPv4 address that is written as IPv6 is the IPv4 address.
 */
public final class Networks {

    private static final int IPV4_BYTES = 4;
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final int ANY_PORT = 0;

    /** The first 12 bytes of an IPv4 address that is written as IPv6. */
    private static final byte[] IPV4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private final List<IpSubnetFilterRule> rules;

    private Networks(List<IpSubnetFilterRule> rules) {
        this.rules = rules;
    }

    /**
     * Parses addresses and networks.
     *
     * @throws IllegalArgumentException where a text is neither; its message continues a sentence about the list
     */
    public static Networks require(List<String> texts) {
        return new Networks(texts.stream().map(text -> network(text.strip())).toList());
    }

    /** Whether there is no address and no network. */
    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Whether one of the networks contains an address; false for a text that is no address. */
    public boolean contain(@Nullable String address) {
        byte[] bytes = address(address);
        return bytes != null && contain(bytes);
    }

    /** Whether one of the networks contains an address of 4 or 16 bytes. */
    boolean contain(byte[] address) {
        InetSocketAddress socket = new InetSocketAddress(inet(address), ANY_PORT);
        return rules.stream().anyMatch(network -> network.matches(socket));
    }

    /** The bytes of an address; null for a text that is none. */
    static byte @Nullable [] address(@Nullable String address) {
        byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || bytes.length == IPV4_BYTES) {
            return bytes;
        }
        boolean mapped = Arrays.equals(IPV4_MAPPED, Arrays.copyOf(bytes, IPV4_MAPPED.length));
        return mapped ? Arrays.copyOfRange(bytes, IPV4_MAPPED.length, bytes.length) : bytes;
    }

    private static IpSubnetFilterRule network(String text) {
        int slash = text.indexOf('/');
        byte[] address = address(slash < 0 ? text : text.substring(0, slash));
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
