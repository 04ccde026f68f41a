package dev.countersign.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.testsupport.OwnService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;

/** The organizations that the tests of the console look at: one like those of people, and one with very many keys. */
record SampleOrganization(OwnService service) {

    static final String SLUG = "acme";
    static final String LARGE = "large";

    private static final String USAGE = """
            insert into usage_counting (counted_since, counted_until) values (now() - interval '90 days', now())
                on conflict (only_row) do update set counted_since = excluded.counted_since;
            update project_key set date_added = now() - interval '80 days' where label in ('Web', 'Worker', 'Kiosk');
            insert into key_usage_day (key_id, bucket, accepted, limited, rejected)
            select id, date_trunc('day', now(), 'UTC') - make_interval(days => day),
                900 + 700 * sin(day / 2.0) + 31 * day, case day % 6 when 0 then 420 else 0 end, case when day < 4 then 160 else 12 end
            from project_key, generate_series(0, 29) day where label = 'Web';
            insert into key_last_seen (key_id, organization_id, last_seen, last_rejected, accepted, limited, rejected)
            select id, organization_id, now() - age, case when label = 'Web' then now() - age end, accepted, limited, rejected
            from project_key join (values ('Web', interval '40 seconds', 40125, 2100, 952), ('Backend', interval '3 hours', 120400, 0, 0),
                ('Worker', interval '44 days', 0, 0, 0)) seen (name, age, accepted, limited, rejected) on label = name;
            update removed_client_key set rejected = 1240000, last_rejected = now() - interval '2 minutes' where label like 'Android%';
            """;

    private static final String MANY_KEYS = """
            insert into project_key (organization_id, project_id, label, public_key, secret_key, active, browser_sdk_version,
                has_replay, has_performance, has_debug, has_feedback, has_logs_and_metrics, use_case, date_added, changed_by)
            select organization_id, id, 'Key ' || i, md5(i || 'public'), md5(i || 'secret'), true, '10.x',
                true, true, false, false, false, 'user', now(), 'test'
            from project cross join generate_series(1, 10000) i where slug = 'pump'
            """;

    /** Makes both. */
    void create() throws IOException, InterruptedException, SQLException {
        post("organizations/", "{\"name\":\"Acme Rockets\",\"slug\":\"acme\"}");
        post("organizations/acme/teams/", "{\"slug\":\"core\"}");
        for (String name : new String[] {"Checkout", "Empty", "Launch control", "Telemetry"}) {
            post("teams/acme/core/projects/", "{\"name\":\"%s\"}".formatted(name));
        }
        String keys = "projects/acme/checkout/keys/";
        remove(keys);
        remove("projects/acme/empty/keys/");
        post(keys, "{\"name\":\"Kiosk\"}");
        post(keys, "{\"name\":\"Worker\",\"isActive\":false,\"rateLimit\":{\"window\":60,\"count\":100}}");
        post(
                keys,
                "{\"name\":\"Contractor\",\"dateExpires\":\"2099-01-31T12:00:00Z\",\"rateLimit\":{\"window\":60,\"count\":60}}");
        post(keys, "{\"name\":\"Backend\",\"rateLimit\":{\"window\":86400,\"count\":500000}}");
        post(keys, "{\"name\":\"Web\",\"rateLimit\":{\"window\":3600,\"count\":5000}}");
        String android = post(keys, "{\"name\":\"Android 4.1\"}");
        service.get().send("DELETE", keys + android + "/", "");
        service.postgres().execute(USAGE);
        service.get().newProject(LARGE);
        service.postgres().execute(MANY_KEYS);
    }

    private void remove(String keys) throws IOException, InterruptedException {
        String answer = service.get().send("GET", keys, "").body();
        for (var key : new ObjectMapper().readTree(answer)) {
            service.get().send("DELETE", keys + key.get("id").asText() + "/", "");
        }
    }

    /** Creates an object, and answers its id. */
    private String post(String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = service.get().send("POST", path, json);
        if (answer.statusCode() != 201) {
            throw new AssertionError(path + ": " + answer.body());
        }
        return new ObjectMapper().readTree(answer.body()).get("id").asText();
    }
}
