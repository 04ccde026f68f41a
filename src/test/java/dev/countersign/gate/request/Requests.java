package dev.countersign.gate.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes requests of gateways from names and values. */
final class Requests {

    static final String KEY = "0123456789abcdef0123456789abcdef";
    static final String OTHER = "ffffffffffffffffffffffffffffffff";

    private static final SubmissionReader READER = new SubmissionReader("");

    private Requests() {}

    /** What nginx asks for a POST to a target, with further headers. */
    static Reading nginx(String target, String... headers) {
        return read(Style.ORIGINAL, "GET", "/", with(headers, "X-Original-URI", target, "X-Original-Method", "POST"));
    }

    /** What Envoy asks for a request without a body. */
    static Reading envoy(String method, String target, String... headers) {
        return read(Style.PATH, method, target, headers);
    }

    /** What Envoy asks for an envelope with a key in its query. */
    static Reading envelope(String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return READER.read(request(Style.PATH, "POST", "/api/7/envelope/?sentry_key=" + KEY, headers), bytes);
    }

    static Reading read(Style style, String method, String target, String... headers) {
        return READER.read(request(style, method, target, headers), null);
    }

    static GatewayRequest request(Style style, String method, String target, String... headers) {
        List<Map.Entry<CharSequence, CharSequence>> entries = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            entries.add(Map.entry(headers[i], headers[i + 1]));
        }
        return GatewayRequest.of(style, target, method, entries.iterator());
    }

    static String[] with(String[] headers, String... others) {
        List<String> all = new ArrayList<>(List.of(others));
        all.addAll(List.of(headers));
        return all.toArray(String[]::new);
    }

    /** The reason of a refusal, the word preflight, or the project and the key of a submission. */
    static String summary(Reading reading) {
        if (reading instanceof Submission submission) {
            return submission.projectId() + " " + submission.publicKey();
        }
        return reading instanceof Reading.Refused refused ? refused.reason().text() : "preflight";
    }
}
