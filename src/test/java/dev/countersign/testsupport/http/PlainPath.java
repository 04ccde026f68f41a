package dev.countersign.testsupport.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.restassured.filter.Filter;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text that is read by paths. REST Assured compiles a Groovy script for each path. This class reads paths of names and
 * indices itself, such as {@code [0].teams.slug}, with the same result, and leaves others to REST Assured.
 */
public final class PlainPath extends JsonPath {

    private static final JsonMapper JSON = new JsonMapper();

    /** A name after a dot or at the begin, or an index. */
    private static final Pattern STEP = Pattern.compile("(?:\\.|^)([\\w-]+)|\\[(\\d{1,6})]");

    private static final Pattern PLAIN = Pattern.compile("(?:(?:\\.|^)[\\w-]+|\\[\\d{1,6}])*");

    /** A value that only REST Assured knows how to read. */
    private static final Object UNKNOWN = new Object();

    private final String text;
    private boolean hasRoot;

    private PlainPath(String text) {
        super(text);
        this.text = text;
    }

    /** Reads a text. */
    public static PlainPath of(String text) {
        return new PlainPath(text);
    }

    /** Gives each response of REST Assured a {@code jsonPath()} of this class. */
    public static Filter filter() {
        return (request, response, context) -> readable(context.next(request, response));
    }

    /** A response whose {@code jsonPath()} is of this class. */
    public static Response readable(Response answered) {
        return (Response) Proxy.newProxyInstance(
                Response.class.getClassLoader(), new Class<?>[] {Response.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("jsonPath") && arguments == null) {
                        return of(answered.asString());
                    }
                    try {
                        return method.invoke(answered, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Leaves all paths to REST Assured, which puts the root before them. */
    @Override
    public JsonPath setRootPath(String root) {
        hasRoot = true;
        return super.setRootPath(root);
    }

    @Override
    @SuppressWarnings("unchecked") // as in the method of REST Assured
    public <T> @Nullable T get(String path) {
        String steps = path.equals("$") ? "" : path;
        if (!hasRoot && PLAIN.matcher(steps).matches()) {
            Object found = read(steps);
            if (found != UNKNOWN) {
                return (T) found;
            }
        }
        return super.get(path);
    }

    private @Nullable Object read(String steps) {
        Object value;
        try {
            value = JSON.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            return UNKNOWN; // and REST Assured says why
        }
        Matcher step = STEP.matcher(steps);
        while (step.find() && value != UNKNOWN) {
            String name = step.group(1);
            value = name == null ? element(value, Integer.parseInt(step.group(2))) : member(value, name);
        }
        return value;
    }

    private static @Nullable Object element(@Nullable Object value, int index) {
        if (value instanceof List<?> list) {
            return index < list.size() ? list.get(index) : null;
        }
        return UNKNOWN;
    }

    /** The member of an object, or those of each object of a list. */
    private static @Nullable Object member(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> object) {
            return object.get(name);
        }
        if (!(value instanceof List<?> list)) {
            return value == null ? null : UNKNOWN;
        }
        List<Object> members = new ArrayList<>();
        for (Object one : list) {
            Object member = one == null ? UNKNOWN : member(one, name);
            if (member == UNKNOWN) {
                return UNKNOWN;
            }
            members.add(member);
        }
        return members;
    }
}
