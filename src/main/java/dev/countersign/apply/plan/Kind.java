package dev.countersign.apply.plan;

/** Lists the kinds of things that a plan makes, changes and removes. */
public enum Kind {
    ORGANIZATION("organization"),
    TEAM("team"),
    PROJECT("project"),
    TEAM_LINK("team link"),
    KEY("key"),
    API_KEY("API key");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** The words of a plan. */
    @Override
    public String toString() {
        return words;
    }
}
