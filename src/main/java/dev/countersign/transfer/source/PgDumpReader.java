package dev.countersign.transfer.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.transfer.input.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the rows of GlitchTip's tables from the text that {@code pg_dump} writes, as objects of {@link GlitchTipModels}. */
final class PgDumpReader {

    private static final Pattern COPY = Pattern.compile("COPY (?:\"?\\w+\"?\\.)?\"?(\\w+)\"? \\((.*)\\) FROM stdin;");
    private static final Pattern INSERT = Pattern.compile("INSERT INTO (?:\"?\\w+\"?\\.)?\"?(?:projects|teams)_.*");
    private static final Pattern ENCODING = Pattern.compile("SET client_encoding = '(?!UTF-?8')(.*)';");
    private static final int MAX_LINE = 4 * 1024 * 1024;
    private static final String END = "\\.";
    private static final Map<String, String> MODELS = Map.of(
            "organizations_ext_organization", GlitchTipModels.ORGANIZATION,
            "teams_team", GlitchTipModels.TEAM,
            "teams_team_projects", GlitchTipModels.TEAM_PROJECTS,
            "projects_project", GlitchTipModels.PROJECT,
            "projects_projectkey", GlitchTipModels.PROJECT_KEY);

    private final LineReader lines;
    private final ModelReader.Objects objects;
    private boolean found;

    private PgDumpReader(InputStream input, ModelReader.Objects objects) {
        this.lines = new LineReader(input, MAX_LINE);
        this.objects = objects;
    }

    /**
     * Reads a dump to its end.
     *
     * @throws IOException if the dump has no table of GlitchTip, or holds rows as INSERT statements
     */
    static void read(InputStream input, ModelReader.Objects objects) throws IOException, SQLException {
        new PgDumpReader(input, objects).read();
    }

    private void read() throws IOException, SQLException {
        for (String text = lines.next(); text != null; text = lines.next()) {
            Matcher copy = COPY.matcher(text);
            if (copy.matches()) {
                rows(copy.group(1), columns(copy.group(2)));
            } else if (INSERT.matcher(text).matches()) {
                throw fault("the dump holds rows as INSERT statements; make it without --inserts");
            } else if (ENCODING.matcher(text).matches()) {
                throw fault("the dump is not in UTF-8; make it with --encoding=UTF8");
            }
        }
        if (!found) {
            throw new IOException("The dump has no table of GlitchTip's client keys");
        }
    }

    private void rows(String table, List<String> columns) throws IOException, SQLException {
        String model = MODELS.getOrDefault(table, "");
        found |= model.equals(GlitchTipModels.PROJECT_KEY);
        for (String text = lines.next(); !END.equals(text); text = lines.next()) {
            if (text == null) {
                throw new IOException("The dump ends within the table " + table);
            }
            if (!model.isEmpty() && lines.wasCut()) {
                throw fault("the row is longer than " + MAX_LINE + " characters");
            }
            if (!model.isEmpty()) {
                objects.take(object(model, columns, text.split("\t", -1)));
            }
        }
    }

    private ModelObject object(String model, List<String> columns, String[] values) throws IOException {
        if (values.length != columns.size()) {
            throw fault("the row has " + values.length + " columns, not " + columns.size());
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < values.length; i++) {
            String value = unescape(values[i]);
            if (value == null) {
                fields.putNull(columns.get(i));
            } else {
                fields.put(columns.get(i), value);
            }
        }
        return new ModelObject(model, fields.path("id"), fields, lines.line());
    }

    /** Columns by the names that {@code dumpdata} gives them. */
    private List<String> columns(String list) throws IOException {
        List<String> columns = List.of(list.split(", ")).stream()
                .map(column -> column.replace("\"", ""))
                .map(column -> column.endsWith("_id") ? column.substring(0, column.length() - "_id".length()) : column)
                .toList();
        if (new HashSet<>(columns).size() < columns.size()) {
            throw fault("the table has a column twice");
        }
        return columns;
    }

    /** The text of a value in the form of COPY; null for NULL. */
    private static @Nullable String unescape(String value) {
        if (value.equals("\\N")) {
            return null;
        }
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                text.append(
                        switch (value.charAt(i)) {
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            case 'v' -> '\u000b';
                            default -> value.charAt(i);
                        });
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private IOException fault(String sentence) {
        return new IOException("Line " + lines.line() + ": " + sentence);
    }
}
