package dev.countersign.web.member;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: converts JSON values to booleans and integers by the rules of Django REST framework, and gives the framework's
 * error messages.
 */
final class DjangoCoercion {

    private static final Set<String> TRUE =
            Set.of("t", "T", "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON", "1");
    private static final Set<String> FALSE =
            Set.of("f", "F", "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF", "0");
    private static final Pattern INTEGER = Pattern.compile("\\s*([+-]?[0-9]{1,1000})(?:\\.0*)?\\s*");
    private static final int MAX_QUOTED_LENGTH = 100;

    private DjangoCoercion() {}

    static @Nullable Boolean bool(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        String text = node.isNumber() ? number(node) : node.isTextual() ? node.asText() : "";
        if (TRUE.contains(text)) {
            return true;
        }
        return FALSE.contains(text) ? false : null;
    }

    static @Nullable BigInteger integer(JsonNode node) {
        if (node.isTextual()) {
            var matcher = INTEGER.matcher(node.asText());
            return matcher.matches() ? new BigInteger(matcher.group(1)) : null;
        }
        if (!node.isNumber()) {
            return null;
        }
        BigDecimal number = node.decimalValue().stripTrailingZeros();
        return number.scale() > 0 ? null : number.toBigInteger(); // JsonLimits bounds the exponent
    }

    static @Nullable String rangeFault(BigInteger value, long min, long max) {
        if (value.compareTo(BigInteger.valueOf(max)) > 0) {
            return "Ensure this value is less than or equal to " + max + ".";
        }
        return value.compareTo(BigInteger.valueOf(min)) < 0
                ? "Ensure this value is greater than or equal to " + min + "."
                : null;
    }

    static String pythonType(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "str";
            case NUMBER -> node.isIntegralNumber() ? "int" : "float";
            case BOOLEAN -> "bool";
            case ARRAY -> "list";
            case OBJECT -> "dict";
            default -> "NoneType";
        };
    }

    static String notADictionary(JsonNode node) {
        return "Invalid data. Expected a dictionary, but got " + pythonType(node) + ".";
    }

    static String quote(String text) {
        return '"' + (text.length() <= MAX_QUOTED_LENGTH ? text : text.substring(0, MAX_QUOTED_LENGTH) + "...") + '"';
    }

    private static String number(JsonNode node) {
        BigInteger integer = integer(node);
        return integer == null ? "" : integer.bitLength() > 1 ? "" : integer.toString();
    }
}
