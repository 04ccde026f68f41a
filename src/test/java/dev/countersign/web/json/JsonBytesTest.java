package dev.countersign.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.countersign.web.server.AnswerOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers are written outside the heap, byte for byte what Jackson writes. */
class JsonBytesTest {

    private static final ObjectWriter WRITER = new JsonMapper().writer();

    @ParameterizedTest(name = "a text of {0} characters")
    @ValueSource(ints = {0, 1, 1_700, 5_997, 5_998, 5_999, 7_997, 7_998, 7_999, 8_000, 16_000, 24_001, 1_000_000})
    void bytesAreJacksons(int length) throws IOException {
        List<String> value = List.of("é".repeat(length / 2), "x".repeat(length - length / 2));

        ByteBuf json = JsonBytes.of(WRITER, value);

        assertThat(ByteBufUtil.getBytes(json)).isEqualTo(WRITER.writeValueAsBytes(value));
        assertThat(json.release()).isTrue();
    }

    @Test
    void valuesThatCannotBeWrittenKeepNoMemory() {
        List<Object> value = List.of("x".repeat(20_000), new Broken());
        long before = active();

        for (int i = 0; i < 1_000; i++) {
            assertThatExceptionOfType(JsonMappingException.class).isThrownBy(() -> JsonBytes.of(WRITER, value));
        }

        assertThat(active() - before).isLessThan(100);
    }

    private static long active() {
        ByteBuf any = AnswerOutput.memory(1);
        any.release();
        return ((PooledByteBufAllocator) any.alloc())
                .metric().directArenas().stream()
                        .mapToLong(PoolArenaMetric::numActiveAllocations)
                        .sum();
    }

    /** A value whose only member throws. */
    public static final class Broken {

        /** Always fails. */
        public String getMember() {
            throw new IllegalStateException("broken");
        }
    }
}
