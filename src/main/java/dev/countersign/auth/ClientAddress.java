package dev.countersign.auth;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The part of a client's address that its owner cannot change at will: all of IPv4, the first 64 bits of IPv6. */
final class ClientAddress {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_NETWORK_BYTES = 8;
    /** Before an IPv4 address that is written as IPv6. */
    private static final byte[] IPV4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private ClientAddress() {}

    /** @param address such as {@code 192.0.2.1} or {@code 2001:db8::1}; anything else counts as one client */
    static String group(@Nullable String address) {
        byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return "";
        }
        if (bytes.length > IPV4_BYTES && Arrays.equals(IPV4_MAPPED, Arrays.copyOf(bytes, IPV4_MAPPED.length))) {
            bytes = Arrays.copyOfRange(bytes, IPV4_MAPPED.length, bytes.length);
        }
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, IPV6_NETWORK_BYTES));
    }
}
