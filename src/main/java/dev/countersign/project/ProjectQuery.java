package dev.countersign.project;

import dev.countersign.error.ApiException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sentry's search words for projects: {@code id:}, {@code slug:}, {@code name:}, {@code platform:}, {@code dsn:} (a
 * public key), {@code team:}, {@code !team:}, and free text, which is looked for in name and slug. Several values of one
 * kind mean any of them; unknown kinds match nothing.
 */
final class ProjectQuery {

    /** PostgreSQL has no texts with a NUL, so none of them matches. */
    private static final ProjectQuery NOTHING = new ProjectQuery();

    private static final String OF_TEAMS =
            "select l.projectId from ProjectTeam l join Team t on t.id = l.teamId where t.slug %s";
    private static final int MAX_TERMS = 50;

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    static {
        NOTHING.conditions.add(" and false");
    }

    private ProjectQuery() {}

    /**
     * Reads the query parameter.
     *
     * @throws ApiException.BadRequest where an id is not a number, or there are more than 50 words
     */
    static ProjectQuery parse(@Nullable String text) {
        ProjectQuery query = new ProjectQuery();
        Map<String, List<String>> terms = new HashMap<>();
        List<String> words = text == null ? List.of() : List.of(text.strip().split("\\s+"));
        if (words.size() > MAX_TERMS) {
            throw new ApiException.BadRequest("Invalid query. At most " + MAX_TERMS + " terms are accepted.");
        }
        for (String word : words) {
            int colon = word.indexOf(':');
            String kind = colon < 0 ? "" : word.substring(0, colon);
            if (!word.isEmpty()) {
                terms.computeIfAbsent(kind, any -> new ArrayList<>()).add(word.substring(colon + 1));
            }
        }
        terms.forEach(query::add);
        if (text != null && text.indexOf('\0') >= 0) {
            return NOTHING;
        }
        return query;
    }

    /** To follow a {@code where} clause about {@code Project p}. */
    String condition() {
        return String.join("", conditions);
    }

    /** With those of the clause that it follows. */
    Map<String, Object> parameters(Map<String, Object> others) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.putAll(others);
        return all;
    }

    private void add(String kind, List<String> values) {
        switch (kind) {
            case "id" ->
                any("p.id %s", "ids", values.stream().map(ProjectQuery::id).toList());
            case "slug" -> any("p.slug %s", "slugs", values);
            case "name" -> any("lower(p.name) %s", "names", lower(values));
            case "platform" -> any("p.platform %s", "platforms", values);
            case "dsn" -> any("p.id in (select k.projectId from ProjectKey k where k.publicKey %s)", "dsns", values);
            case "team" -> any("p.id in (" + OF_TEAMS + ")", "teams", teams(values));
            case "!team" -> any("p.id not in (" + OF_TEAMS + ")", "others", teams(values));
            case "" -> text(String.join(" ", values));
            default -> conditions.add(" and false");
        }
    }

    /** One value is compared with {@code =}: Hibernate translates a query with a list of values anew each time. */
    private void any(String condition, String parameter, List<?> values) {
        boolean single = values.size() == 1;
        conditions.add(" and " + condition.formatted(single ? "= :" + parameter : "in :" + parameter));
        parameters.put(parameter, single ? values.get(0) : values);
    }

    private void text(String text) {
        conditions.add(" and (position(:text in lower(p.name)) > 0 or position(:text in p.slug) > 0)");
        parameters.put("text", text.toLowerCase(Locale.ROOT));
    }

    private static List<String> lower(List<String> values) {
        return values.stream().map(value -> value.toLowerCase(Locale.ROOT)).toList();
    }

    private static List<String> teams(List<String> values) {
        return values.stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(value -> value.startsWith("#") ? value.substring(1) : value)
                .toList();
    }

    private static Long id(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new ApiException.BadRequest("Invalid project ID: " + text);
        }
        return Long.valueOf(text);
    }
}
