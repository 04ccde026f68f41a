package dev.countersign.declaration.syntax;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * Static helper: parses the documents of a file of YAML 1.2 with the core schema into {@link Value}s: {@code no}, {@code on}
 * and dates are texts. Takes anchors and aliases; refuses tags and merge keys. Reads the events of the parser and not its
 * nodes, so that deep or repeated values cost nothing before they are counted.
 */
public final class YamlReader {

    private static final ScalarResolver CORE = new CoreScalarResolver(false);
    private static final String MERGE_KEY = "<<";

    private final TreeBuilder tree = new TreeBuilder();
    private final Map<String, Value> anchors = new HashMap<>();
    private final Deque<Optional<Anchor>> openAnchors = new ArrayDeque<>();
    private final List<Value> documents = new ArrayList<>();

    private YamlReader() {}

    /** The values of all documents of a text, without documents that are empty. */
    public static List<Value> read(String text) throws UnreadableException {
        YamlReader reader = new YamlReader();
        var settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                reader.take(event);
            }
        } catch (MarkedYamlEngineException e) {
            throw new UnreadableException(
                    line(e.getProblemMark()), "This is not YAML: " + withoutText(e.getProblem()) + ".");
        } catch (YamlEngineException e) {
            throw new UnreadableException(1, "This is not YAML.");
        }
        return reader.documents;
    }

    private void take(Event event) throws UnreadableException {
        int line = line(event.getStartMark());
        switch (event.getEventId()) {
            case Scalar -> scalar(line, (ScalarEvent) event);
            case Alias -> alias(line, (AliasEvent) event);
            case SequenceStart -> {
                begin(line, (CollectionStartEvent) event);
                tree.beginList(line);
            }
            case MappingStart -> {
                begin(line, (CollectionStartEvent) event);
                tree.beginObject(line);
            }
            case SequenceEnd, MappingEnd -> {
                Value closed = tree.end();
                openAnchors.pop().ifPresent(anchor -> anchors.put(anchor.getValue(), closed));
            }
            case DocumentEnd -> endDocument();
            default -> {
                // Starts of streams and documents, and comments, say nothing.
            }
        }
    }

    private void begin(int line, CollectionStartEvent event) throws UnreadableException {
        refuseTag(line, event.getTag());
        openAnchors.push(event.getAnchor());
        event.getAnchor().ifPresent(anchor -> anchors.remove(anchor.getValue()));
    }

    private void endDocument() {
        anchors.clear();
        Value root = tree.takeRoot();
        if (root != null && !root.json().isNull()) {
            documents.add(root);
        }
    }

    private void scalar(int line, ScalarEvent event) throws UnreadableException {
        refuseTag(line, event.getTag());
        String text = event.getValue();
        if (tree.expectsName()) {
            if (event.isPlain() && text.equals(MERGE_KEY)) {
                throw new UnreadableException(line, "Merge keys are not part of YAML 1.2.");
            }
            tree.name(line, text);
            anchor(event, new Value.Scalar(line, JsonNodeFactory.instance.textNode(text), text));
            return;
        }
        Value.Scalar value = new Value.Scalar(line, json(line, text, event.isPlain()), text);
        anchor(event, value);
        tree.add(value);
    }

    private void anchor(NodeEvent event, Value value) {
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), value));
    }

    private void alias(int line, AliasEvent event) throws UnreadableException {
        Value value = anchors.get(event.getAlias().getValue());
        if (value == null) {
            throw new UnreadableException(line, "The alias names no anchor that ends before it.");
        }
        if (tree.expectsName() && value instanceof Value.Scalar name) {
            tree.name(line, name.text());
        } else {
            tree.add(value);
        }
    }

    private static JsonNode json(int line, String text, boolean plain) throws UnreadableException {
        JsonNodeFactory json = JsonNodeFactory.instance;
        Tag tag = plain ? CORE.resolve(text, true) : Tag.STR;
        if (tag.equals(Tag.NULL)) {
            return json.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return json.booleanNode(text.equalsIgnoreCase("true"));
        }
        if (tag.equals(Tag.FLOAT) && text.matches("[-+]?[.][a-zA-Z]+")) {
            throw new UnreadableException(line, "Infinity and not-a-number are no values.");
        }
        boolean isNumber = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
        return isNumber && TreeBuilder.isWithinLimits(text) ? number(text, tag) : json.textNode(text);
    }

    /** A number within the limits; one beyond them is a text, such as a public key of digits around an {@code e}. */
    private static JsonNode number(String text, Tag tag) {
        if (text.startsWith("0o") || text.startsWith("0x")) {
            return WrittenNumber.of(new BigInteger(text.substring(2), text.startsWith("0o") ? 8 : 16), text);
        }
        BigDecimal value = new BigDecimal(text);
        return tag.equals(Tag.INT) ? WrittenNumber.of(value.toBigIntegerExact(), text) : WrittenNumber.of(value, text);
    }

    private static void refuseTag(int line, Optional<String> tag) throws UnreadableException {
        if (tag.isPresent()) {
            throw new UnreadableException(line, "Tags are not accepted.");
        }
    }

    /** The parser's words without what they quote from the text, which may be a secret. */
    private static String withoutText(@Nullable String problem) {
        String words =
                problem == null ? "" : problem.replaceAll("'[^']*'|\\(.*", "").strip();
        return words.replaceAll("\\s+", " ").replaceAll("[.;,]+$", "");
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }
}
