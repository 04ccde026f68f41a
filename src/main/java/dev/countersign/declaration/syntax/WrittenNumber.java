package dev.countersign.declaration.syntax;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Static helper: makes numbers of JSON that remember how a YAML document writes them. Where a text is wanted, the number is the
 * written text: YAML needs no quotes, so {@code 007} or {@code 1e10} may be a name.
 */
final class WrittenNumber {

    private WrittenNumber() {}

    /** A whole number. */
    static JsonNode of(BigInteger value, String written) {
        return new Whole(value, written);
    }

    /** A number with a fraction or an exponent. */
    static JsonNode of(BigDecimal value, String written) {
        return new Fraction(value, written);
    }

    /** Holds a whole number. */
    private static final class Whole extends BigIntegerNode {

        private static final long serialVersionUID = 1;

        private final String written;

        private Whole(BigInteger value, String written) {
            super(value);
            this.written = written;
        }

        @Override
        public String asText() {
            return written;
        }
    }

    /** Holds a number with a fraction or an exponent. */
    private static final class Fraction extends DecimalNode {

        private static final long serialVersionUID = 1;

        private final String written;

        private Fraction(BigDecimal value, String written) {
            super(value);
            this.written = written;
        }

        @Override
        public String asText() {
            return written;
        }
    }
}
