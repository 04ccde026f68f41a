package dev.countersign.testsupport.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Static helper: a port for a program that cannot choose one itself. */
public final class FreePort {

    /** From here on, the system gives ports to whoever asks for any, such as to another test that runs beside this one. */
    private static final int GIVEN = 32_768;

    private static final int FIRST = 20_000;

    private FreePort() {}

    /** A port of the loopback that nobody listens on, and that the system gives to nobody until the program takes it. */
    public static int find() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, GIVEN);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // another one
            }
        }
    }
}
