package dev.countersign.announcement;

/** The row that an announced change is about: a table and an id, as one text. */
public final class ChangeSubject {

    private ChangeSubject() {}

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
