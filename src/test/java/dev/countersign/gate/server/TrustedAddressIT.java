package dev.countersign.gate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.postgres.OwnPostgres;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which peers may ask the gate of a packaged service without a token. */
class TrustedAddressIT {

    private static final String TOKEN = "token-of-the-gateways-in-the-tests";

    @RegisterExtension
    static final OwnPostgres POSTGRES = OwnPostgres.migrated();

    @TempDir
    Path folder;

    @Test
    void trustedPeerMayAskWithoutAToken() throws Exception {
        try (PackagedService service = start("192.0.2.0/24,::ffff:127.0.0.1,::1", null)) {
            String target = target();
            GateClient gate = new GateClient(service.gatePort(), null);

            assertThat(gate.nginx(target).status()).isEqualTo(200);
            assertThat(gate.nginx(target, "X-Countersign-Token", "of a client").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void otherPeerNeedsTheTokenOfTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        try (PackagedService service = start("192.0.2.0/24", file)) {
            String target = target();

            assertThat(new GateClient(service.gatePort(), null).nginx(target).status())
                    .isEqualTo(401);
            assertThat(new GateClient(service.gatePort(), TOKEN).nginx(target).status())
                    .isEqualTo(200);
        }
    }

    private static PackagedService start(String trusted, @Nullable Path tokenFile)
            throws IOException, InterruptedException {
        Map<String, String> settings =
                new HashMap<>(Map.of("COUNTERSIGN_GATE_PORT", "0", "COUNTERSIGN_GATE_TRUSTED_ADDRESSES", trusted));
        if (tokenFile != null) {
            settings.put("COUNTERSIGN_GATE_TOKEN_FILE", tokenFile.toString());
        }
        PackagedService service = PackagedService.startMigrated(POSTGRES.server(), settings);
        RestAssured.port = service.port();
        return service;
    }

    private static String target() {
        Tenant tenant = Tenant.create();
        return tenant.store(tenant.newKey("{}"));
    }
}
