package dev.countersign.credential.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses and networks that the configuration trusts. */
class NetworksTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
                    10.0.0.0/8              | 10.1.2.3          | true
                    10.0.0.0/8              | ::ffff:10.1.2.3   | true
                    ::ffff:10.0.0.1         | 10.0.0.1          | true
                    10.0.0.0/8              | 11.1.2.3          | false
                    127.0.0.1               | 127.0.0.2         | false
                    2001:db8::/32           | 2001:db8:1::1     | true
                    2001:db8::/32           | 2001:db9::1       | false
                    ::1, 127.0.0.1          | ::1               | true
                    0.0.0.0/0               | ::1               | false
                    10.0.0.0/8              | -                 | false
                    10.0.0.0/8              | gateway           | false
                    """)
    void networksContainAddresses(String networks, @Nullable String address, boolean contained) {
        assertThat(Networks.require(List.of(networks.split(","))).contain(address))
                .isEqualTo(contained);
    }
}
