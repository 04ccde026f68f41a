package dev.countersign.announcement;

/** What a change is about, as it is announced: a table and the id of a row. */
public final class Subject {

    private Subject() {}

    /** An organization. */
    public static String organization(long id) {
        return "organization:" + id;
    }

    /** A project. */
    public static String project(long id) {
        return "project:" + id;
    }

    /** An API key. */
    public static String apiKey(long id) {
        return "api_key:" + id;
    }
}
