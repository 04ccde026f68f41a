package dev.countersign.gate.server;

import dev.countersign.gate.known.KnownKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** Static helper: writes the bytes of the answer that lets a submission with a good key pass. */
final class PassBytes {

    static final CharSequence ORGANIZATION = HttpHeaders.createOptimized("X-Countersign-Organization");
    static final CharSequence PROJECT = HttpHeaders.createOptimized("X-Countersign-Project");
    static final CharSequence KEY = HttpHeaders.createOptimized("X-Countersign-Key");

    private static final byte[] START = ascii("HTTP/1.1 200 OK\r\ncache-control: no-store\r\n" + ORGANIZATION + ": ");
    private static final byte[] BEFORE_PROJECT = ascii("\r\n" + PROJECT + ": ");
    private static final byte[] BEFORE_KEY = ascii("\r\n" + KEY + ": ");
    private static final byte[] END = ascii("\r\ncontent-length: 0\r\n\r\n");

    private PassBytes() {}

    /**
     * Writes the answer.
     *
     * @param publicKey the public key as the question names it, which costs less to read than that of the key in memory
     */
    static void write(ByteBuf bytes, KnownKey key, String publicKey) {
        bytes.writeBytes(START);
        ByteBufUtil.writeAscii(bytes, key.organization);
        bytes.writeBytes(BEFORE_PROJECT);
        ByteBufUtil.writeAscii(bytes, Long.toString(key.projectId));
        bytes.writeBytes(BEFORE_KEY);
        ByteBufUtil.writeAscii(bytes, publicKey);
        bytes.writeBytes(END);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
