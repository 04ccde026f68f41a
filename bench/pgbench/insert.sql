\set project :first + random(0, :places - 1) * :stride
\set n :n + 1
\set run :round * 10000000 + :client_id * 100000 + :n / 4096
insert into project_key (organization_id, project_id, label, public_key, secret_key, active, browser_sdk_version,
    has_replay, has_performance, has_debug, has_feedback, has_logs_and_metrics, use_case, date_added, changed_by)
select organization_id, id, 'Fabulous Key',
    substr(md5('public' || :run::text), 1, :same) || substr(md5(random()::text || clock_timestamp()), 1, 32 - :same),
    substr(md5('secret' || :run::text), 1, :same) || substr(md5(random()::text || clock_timestamp()), 1, 32 - :same),
    true, '10.x', true, true, false, false, false, 'user', now(), 'pgbench'
from project where id = :project
returning id;
