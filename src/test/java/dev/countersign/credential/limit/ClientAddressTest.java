package dev.countersign.credential.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.web.filter.Sender;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The address that counts as the client: networks, and the headers of trusted proxies. */
class ClientAddressTest {

    private static final String PROXIES = "10.0.0.0/8, 192.0.2.7,2001:db8:ffff::/48";

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1, ::ffff:192.0.2.1, true",
        "::ffff:192.0.2.1, ::ffff:192.0.2.2, false",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::2, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "::1, 127.0.0.1, false",
        "unix, nonsense, true"
    })
    void addressesOfOneNetworkAreOneClient(String one, String other, boolean same) {
        assertThat(client("", one).equals(client("", other))).isEqualTo(same);
    }

    @ParameterizedTest(name = "{0} behind {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 10.1.2.3 | 203.0.113.9",
                "1.1.1.1, 203.0.113.9 | 10.1.2.3 | 203.0.113.9",
                "1.1.1.1, 203.0.113.9, 10.9.9.9 | 10.1.2.3 | 203.0.113.9",
                "1.1.1.1, 203.0.113.9, 192.0.2.7, 10.9.9.9 | 2001:db8:ffff::1 | 203.0.113.9",
                "10.0.0.1, 10.0.0.2 | 10.1.2.3 | 10.0.0.1",
                "203.0.113.9:5000 | 10.1.2.3 | 203.0.113.9",
                "[2001:db8::1]:5000 | 10.1.2.3 | 2001:db8::1",
                "2001:db8::1 | ::ffff:10.1.2.3 | 2001:db8::1",
                "203.0.113.9, nonsense | 10.1.2.3 | 10.1.2.3",
                "203.0.113.9, | 10.1.2.3 | 203.0.113.9",
                "'' | 10.1.2.3 | 10.1.2.3",
                "203.0.113.9 | 198.51.100.1 | 198.51.100.1",
                "203.0.113.9 | 192.0.2.8 | 192.0.2.8"
            })
    void rightmostUntrustedAddressIsTheClient(String forwardedFor, String peer, String expected) {
        assertThat(client(PROXIES, peer, forwardedFor)).isEqualTo(client("", expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9, 10.0.0.2", "203.0.113.9|10.0.0.2"})
    void repeatedHeadersAreOneList(String forwardedFor) {
        assertThat(client(PROXIES, "10.1.2.3", forwardedFor.split("\\|"))).isEqualTo(client("", "203.0.113.9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9"})
    void headerIsIgnoredWithoutTrustedProxies(String forwardedFor) {
        assertThat(client("", "10.1.2.3", forwardedFor)).isEqualTo(client("", "10.1.2.3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.com", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/", "10.0.0/8"})
    void malformedNetworkIsRefused(String proxies) {
        assertThatThrownBy(() -> client(proxies, "10.1.2.3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("holds an entry that is neither an address nor a network");
    }

    private static String client(String proxies, String peer, String... forwardedFor) {
        LimitConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(LimitConfig.class)
                .withValidateUnknown(false)
                .withDefaultValues(Map.of("countersign.trusted-proxies", proxies))
                .build()
                .getConfigMapping(LimitConfig.class);
        return new ClientAddress(config).group(new Sender(peer, List.copyOf(Arrays.asList(forwardedFor))));
    }
}
