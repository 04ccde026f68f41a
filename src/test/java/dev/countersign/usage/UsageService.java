package dev.countersign.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.http.Link;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * An organization of a packaged service, whose keys have usage that the test stores by SQL.
 *
 * @param keys the path of the keys of its project
 */
record UsageService(OwnService service, String organization, String keys) {

    static UsageService create(OwnService service, String organization) throws IOException, InterruptedException {
        UsageService created =
                new UsageService(service, organization, service.get().newProject(organization));
        for (JsonNode key : created.list(created.keys)) {
            service.get().send("DELETE", created.keys + key.get("id").asText() + "/", "");
        }
        return created;
    }

    /** Creates a key of a name, and answers its public key. */
    String key(String name) throws IOException, InterruptedException {
        return json(service.get().send("POST", keys, """
                        {"name":"%s"}""".formatted(name)).body())
                .get("id")
                .asText();
    }

    /** Stores when a key was seen last, and its counts. */
    void seen(String publicKey, String secondsAgo, int accepted, int rejected) throws SQLException {
        service.postgres().execute("""
                insert into key_last_seen (key_id, organization_id, last_seen, accepted, limited, rejected)
                select id, organization_id, now() - interval '%1$s', %2$d, 0, %3$d
                from project_key where public_key = '%4$s'""".formatted(secondsAgo, accepted, rejected, publicKey));
    }

    /** Stores when a key that is off was seen last, and how many of its events were refused since then. */
    void refused(String publicKey, String ago, int events) throws SQLException {
        seen(publicKey, ago, 0, events);
        service.postgres().execute("""
                update key_last_seen set refused = rejected, last_refused = last_seen
                from project_key where id = key_id and public_key = '%s'""".formatted(publicKey));
    }

    /** Stores counts of the hour that runs of a key that was seen: so many accepted, twice as many limited, thrice as many rejected. */
    void runs(String publicKey, String hour, int accepted) throws SQLException {
        service.postgres().execute("""
                update key_last_seen
                set hour = '%1$s', hour_accepted = %2$d, hour_limited = 2 * %2$d, hour_rejected = 3 * %2$d
                from project_key where id = key_id and public_key = '%3$s'""".formatted(hour, accepted, publicKey));
    }

    /** Stores counts of an hour or a day, so many accepted, twice as many limited, thrice as many rejected. */
    void counted(String table, String publicKey, String bucket, int accepted) throws SQLException {
        service.postgres().execute("""
                insert into %s (key_id, bucket, accepted, limited, rejected)
                select id, '%s', %3$d, 2 * %3$d, 3 * %3$d from project_key where public_key = '%4$s'""".formatted(table, bucket, accepted, publicKey));
    }

    /** The path of a list of the organization's usage. */
    String own(String list) {
        return "/api/countersign/v1/organizations/" + organization + "/" + list;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return service.get().send("GET", path, "");
    }

    /** The objects of a list. */
    List<JsonNode> list(String path) throws IOException, InterruptedException {
        return StreamSupport.stream(json(get(path).body()).spliterator(), false).toList();
    }

    /** One member of the objects of a list. */
    List<String> texts(String path, String member) throws IOException, InterruptedException {
        return list(path).stream().map(row -> row.path(member).asText()).toList();
    }

    /** One member of all objects, page by page. Goes through the pages backward too, and expects the same. */
    List<String> allPages(String path, String member) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        String page = path;
        while (true) {
            HttpResponse<String> answer = get(page);
            json(answer.body()).forEach(row -> all.add(row.path(member).asText()));
            Link link = new Link(answer.headers().firstValue("Link").orElseThrow());
            if (!link.leadsTo("next")) {
                break;
            }
            page = path + "&cursor=" + link.cursor("next");
        }
        List<String> backward = new ArrayList<>(texts(page, member));
        HttpResponse<String> answer = get(page);
        Link link = new Link(answer.headers().firstValue("Link").orElseThrow());
        while (link.leadsTo("previous")) {
            answer = get(path + "&cursor=" + link.cursor("previous"));
            List<String> before = new ArrayList<>();
            json(answer.body()).forEach(row -> before.add(row.path(member).asText()));
            backward.addAll(0, before);
            link = new Link(answer.headers().firstValue("Link").orElseThrow());
        }
        if (!backward.equals(all)) {
            throw new AssertionError("forward " + all + ", backward " + backward);
        }
        return all;
    }

    static JsonNode json(String body) throws IOException {
        return new ObjectMapper().readTree(body);
    }
}
