package dev.countersign.declaration.syntax;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the {@link Value}s of a document from the events of a YAML or JSON parser, and refuses a document with more than
 * {@value #MAX_VALUES} values or {@value #MAX_DEPTH} levels. A value that an alias repeats counts each time.
 */
final class TreeBuilder {

    static final int MAX_VALUES = 1_000_000;
    static final int MAX_DEPTH = 32;

    private static final int MAX_DIGITS = 100;
    private static final int MAX_EXPONENT = 400;

    private final Deque<Open> open = new ArrayDeque<>();
    private int values;
    private @Nullable Value root;

    /** Holds a list or an object whose end was not read yet. */
    private static final class Open {
        private final int line;
        private final boolean isList;
        private final List<Value> items = new ArrayList<>();
        private final Map<String, Value.Member> members = new LinkedHashMap<>();
        private @Nullable String name;
        private int nameLine;
        private int size = 1;
        private int depth = 1;

        private Open(int line, boolean isList) {
            this.line = line;
            this.isList = isList;
        }

        private Value close() {
            return isList ? new Value.Items(line, items, size, depth) : new Value.Members(line, members, size, depth);
        }
    }

    /** Begins a list. */
    void beginList(int line) throws UnreadableException {
        begin(line, true);
    }

    /** Begins an object. */
    void beginObject(int line) throws UnreadableException {
        begin(line, false);
    }

    private void begin(int line, boolean isList) throws UnreadableException {
        requireValuePlace(line);
        open.push(new Open(line, isList));
        if (open.size() > MAX_DEPTH) {
            throw tooDeep(line);
        }
    }

    /** Whether the next value is the name of a member. */
    boolean expectsName() {
        Open parent = open.peek();
        return parent != null && !parent.isList && parent.name == null;
    }

    /** Adds the name of a member of the object that was begun last. */
    void name(int line, String name) throws UnreadableException {
        Open parent = open.element();
        if (parent.members.containsKey(name)) {
            throw new UnreadableException(
                    line,
                    "The member " + name + " is also on line "
                            + parent.members.get(name).line() + ".");
        }
        parent.name = name;
        parent.nameLine = line;
    }

    /** Ends the list or the object that was begun last, and adds it. */
    Value end() throws UnreadableException {
        Value closed = open.pop().close();
        put(closed, 1);
        return closed;
    }

    /** Adds a value. */
    void add(Value value) throws UnreadableException {
        requireValuePlace(value.line());
        if (open.size() + value.depth() > MAX_DEPTH) {
            throw tooDeep(value.line());
        }
        put(value, value.size());
    }

    private void put(Value value, int newValues) throws UnreadableException {
        values += newValues;
        if (values > MAX_VALUES) {
            throw new UnreadableException(
                    value.line(), "A file may have at most " + MAX_VALUES + " values, aliases counted each time.");
        }
        Open parent = open.peek();
        if (parent == null) {
            root = value;
            return;
        }
        parent.size += value.size();
        parent.depth = Math.max(parent.depth, 1 + value.depth());
        String name = parent.name;
        if (name == null) {
            parent.items.add(value);
        } else {
            parent.members.put(name, new Value.Member(parent.nameLine, value));
            parent.name = null;
        }
    }

    private void requireValuePlace(int line) throws UnreadableException {
        if (expectsName()) {
            throw new UnreadableException(line, "The name of a member must be a text.");
        }
    }

    /** The document that was built, or null; the next document begins. */
    @Nullable
    Value takeRoot() {
        Value built = root;
        root = null;
        return built;
    }

    /** Reads a number exactly, within the limits that the API has for numbers. */
    static BigDecimal number(int line, String text) throws UnreadableException {
        if (!isWithinLimits(text)) {
            throw new UnreadableException(
                    line,
                    "A number may have at most " + MAX_DIGITS + " digits, and an exponent of at most " + MAX_EXPONENT
                            + ".");
        }
        return new BigDecimal(text);
    }

    /** Whether a number has at most {@value #MAX_DIGITS} digits, and an exponent of at most {@value #MAX_EXPONENT}. */
    static boolean isWithinLimits(String text) {
        int exponentAt = text.startsWith("0x") ? -1 : Math.max(text.indexOf('e'), text.indexOf('E'));
        String exponent = exponentAt < 0 ? "0" : text.substring(exponentAt + 1).replaceFirst("^[+-]?0*(?=.)", "");
        return text.length() <= MAX_DIGITS && exponent.length() <= 3 && Integer.parseInt(exponent) <= MAX_EXPONENT;
    }

    private static UnreadableException tooDeep(int line) {
        return new UnreadableException(line, "Values may be nested at most " + MAX_DEPTH + " levels deep.");
    }
}
