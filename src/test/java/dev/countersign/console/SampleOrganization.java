package dev.countersign.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.testsupport.OwnService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;

/** The organizations that the tests of the console look at: some like those of people, and one with very many keys. */
record SampleOrganization(OwnService service) {

    static final String SLUG = "acme";
    static final String LARGE = "large";

    private static final String USAGE = """
            insert into usage_counting (counted_since, counted_until) values (now() - interval '90 days', now())
                on conflict (only_row) do update set counted_since = excluded.counted_since;
            update project_key set date_added = now() - interval '80 days' where label in ('Web', 'Worker', 'Kiosk');
            insert into key_usage_hour (key_id, bucket, accepted, limited, rejected)
            select id, date_trunc('hour', now(), 'UTC') - make_interval(hours => hour),
                case label when 'Web' then 60 + 25 * sin(hour / 50.0) + hour / 24 when 'Backend' then 160 else 0 end,
                case when label = 'Web' and hour / 24 % 6 = 0 then 17 else 0 end,
                case when label <> 'Web' then 0 when hour < 96 then 7 else hour % 2 end
            from project_key, generate_series(0, 715) hour where label in ('Web', 'Backend');
            insert into key_usage_day (key_id, bucket, accepted, limited, rejected)
            select id, date_trunc('day', now(), 'UTC') - make_interval(days => day), 1400, 0, 30
            from project_key, generate_series(32, 50) day where label = 'Web';
            insert into key_last_seen (key_id, organization_id, last_seen, last_rejected, accepted, limited, rejected)
            select id, organization_id, now() - age, case when label = 'Web' then now() - age end,
                coalesce(sum(accepted), 0), coalesce(sum(limited), 0), coalesce(sum(rejected), 0)
            from project_key
            join (values ('Web', interval '40 seconds'), ('Backend', interval '3 hours'), ('Worker', interval '44 days')) seen (name, age)
                on label = name
            left join key_usage_hour on key_id = id group by id, organization_id, label, age;
            update removed_client_key set rejected = 1240000, last_rejected = now() - interval '2 minutes' where label like 'Android%';
            """;

    private static final String MANY_KEYS = """
            insert into project_key (organization_id, project_id, label, public_key, secret_key, active, browser_sdk_version,
                has_replay, has_performance, has_debug, has_feedback, has_logs_and_metrics, use_case, date_added, changed_by)
            select organization_id, id, 'Key ' || i, md5(i || 'public'), md5(i || 'secret'), true, '10.x',
                true, true, false, false, false, 'user', now(), 'test'
            from project cross join generate_series(1, 10000) i where slug = 'pump'
            """;

    /** Makes the organizations like those of people. */
    void create() throws IOException, InterruptedException, SQLException {
        post("organizations/", "{\"name\":\"Cedar Press\"}");
        post("organizations/", "{\"name\":\"Bolt Bicycles\"}");
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
    }

    /** Makes the one with ten thousand keys. */
    void createLarge() throws IOException, InterruptedException, SQLException {
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
