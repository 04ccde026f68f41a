package dev.countersign.announcement;

/** Names the row of an announced change by its table and id, such as {@code project:7}. */
public final class ChangeSubject {

    private ChangeSubject() {}

    /** The subject of an organization. */
    public static String organization(long id) {
        return "organization:" + id;
    }

    /** The subject of a project. */
    public static String project(long id) {
        return "project:" + id;
    }

    /** The subject of an API key. */
    public static String apiKey(long id) {
        return "api_key:" + id;
    }
}
