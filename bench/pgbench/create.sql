insert into project_key (organization_id, project_id, label, public_key, secret_key, active, browser_sdk_version,
    has_replay, has_performance, has_debug, has_feedback, has_logs_and_metrics, use_case, date_added, changed_by)
values (:organization, :project, 'Fabulous Key', md5(random()::text || clock_timestamp()),
    md5(random()::text || clock_timestamp()), true, '10.x', true, true, false, false, false, 'user', now(), 'pgbench')
returning id;
