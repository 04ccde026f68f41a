package dev.countersign.projectkey.rotation;

import dev.countersign.projectkey.ProjectKeyChange;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Reads and holds the body of a request that rotates a client key: how long the old key stays active, and when the new one
 * ends.
 *
 * @param overlap how long the old key stays active; 0 to 90 days, a day where the request does not say
 * @param end the end of the new key, if the request sets one
 */
@Schemas("""
        ProjectKeyRotation:
          properties:
            overlap:
              type: [string, "null"]
              description: How long the old key stays active, 0s to 90d. Null means 24h.
              pattern: '^(?:(?:0?[0-9]{1,6}|[1-6][0-9]{6}|7[0-6][0-9]{5}|77[0-6][0-9]{4}|777[0-5][0-9]{3}|7776000)s\
        |(?:0{0,2}[0-9]{1,5}|0?(?:1[01][0-9]{4}|12[0-8][0-9]{3}|129[0-5][0-9]{2}|129600))m\
        |(?:0{0,4}[0-9]{1,3}|0{0,3}(?:1[0-9]{3}|20[0-9]{2}|21[0-5][0-9]|2160))h\
        |0{0,5}(?:[0-8]?[0-9]|90)d)$'
            dateExpires: Expiry
          examples: [{overlap: 7d}]
        """)
record RotationRequest(Duration overlap, ProjectKeyChange end) {

    private static final String OVERLAP = "overlap";
    private static final Duration DEFAULT_OVERLAP = Duration.ofHours(24);
    private static final Duration MAX_OVERLAP = Duration.ofDays(90);
    private static final TextRule RULE = TextRule.upTo(8)
            .matching(Pattern.compile("[0-9]{1,7}[smhd]"), "Use a number and a unit, such as 30m, 24h or 7d.")
            .nullable();

    static RotationRequest read(RequestFields fields) {
        Member<String> text = fields.text(OVERLAP, RULE);
        Duration overlap = text.value() == null ? DEFAULT_OVERLAP : duration(text.value());
        if (overlap.compareTo(MAX_OVERLAP) > 0) {
            fields.refuse(OVERLAP, "Ensure this value is at most " + MAX_OVERLAP.toDays() + "d.");
        }
        RotationRequest request = new RotationRequest(overlap, ProjectKeyChange.readEnd(fields));
        fields.check();
        return request;
    }

    private static Duration duration(String text) {
        int number = Integer.parseInt(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
