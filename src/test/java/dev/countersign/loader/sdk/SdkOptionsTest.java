package dev.countersign.loader.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bundle of the SDK has all that the options of a client key need. */
class SdkOptionsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # major | options                          | modifier                              | lazy
            10      | ''                               | ''                                    | true
            10      | performance                      | .tracing                              | false
            10      | replay                           | .replay                               | false
            10      | performance replay               | .tracing.replay                       | false
            10      | feedback                         | .feedback                             | false
            10      | replay feedback                  | .replay.feedback                      | false
            10      | performance feedback             | .tracing.replay.feedback              | false
            10      | performance replay feedback      | .tracing.replay.feedback              | false
            10      | logs                             | .logs.metrics                         | false
            10      | performance logs                 | .tracing.logs.metrics                 | false
            10      | replay logs                      | .replay.logs.metrics                  | false
            10      | feedback logs                    | .tracing.replay.feedback.logs.metrics | false
            10      | debug                            | .debug                                | true
            10      | performance replay debug         | .tracing.replay.debug                 | false
            9       | performance logs                 | .tracing                              | false
            9       | logs                             | ''                                    | true
            7       | ''                               | .es5                                  | true
            7       | performance debug                | .tracing.es5.debug                    | false
            7       | performance replay               | .tracing.replay                       | false
            7       | feedback                         | .feedback                             | false
            6       | performance replay feedback logs | ''                                    | true
            6       | debug                            | .debug                                | true
            """, delimiter = '|')
    void bundleHasAllThatTheOptionsNeed(int major, String words, String modifier, boolean lazy) {
        SdkOptions known = new SdkOptions(
                        words.contains("replay"),
                        words.contains("performance"),
                        words.contains("debug"),
                        words.contains("feedback"),
                        words.contains("logs"))
                .of(major);

        assertThat(known.modifier(major)).isEqualTo(modifier);
        assertThat(known.isLazy()).isEqualTo(lazy);
    }
}
