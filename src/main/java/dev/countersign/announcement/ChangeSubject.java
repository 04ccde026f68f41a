package dev.countersign.announcement;

/**
 * Static helper: builds and parses the text that names the row of an announced change by table and id, such as
 * {@code project:7}.
 */
public final class ChangeSubject {

    /** The table of organizations. */
    public static final String ORGANIZATION = "organization";

    /** The table of projects. */
    public static final String PROJECT = "project";

    /** The table of client keys. */
    public static final String CLIENT_KEY = "project_key";

    private static final String API_KEY = "api_key";

    private ChangeSubject() {}

    /** The subject of an organization. */
    public static String organization(long id) {
        return ORGANIZATION + ":" + id;
    }

    /** The subject of a project. */
    public static String project(long id) {
        return PROJECT + ":" + id;
    }

    /** The subject of a client key. */
    public static String clientKey(long id) {
        return CLIENT_KEY + ":" + id;
    }

    /** The subject of an API key. */
    public static String apiKey(long id) {
        return API_KEY + ":" + id;
    }

    /** The table of a subject, or the whole text if it names no row. */
    public static String table(String subject) {
        int colon = subject.indexOf(':');
        return colon < 0 ? subject : subject.substring(0, colon);
    }

    /** The id of a subject, or -1 if the text names no row. */
    public static long id(String subject) {
        try {
            return Long.parseLong(subject.substring(subject.indexOf(':') + 1));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
