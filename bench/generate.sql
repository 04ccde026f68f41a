-- Fills a migrated database with :projects projects of :keys keys each, in 1,000 organizations. Triggers are off meanwhile.
-- The script drops the indexes of the keys first and builds them again at the end.
\set ON_ERROR_STOP on
set session_replication_role = replica;
set maintenance_work_mem = '1GB';
set synchronous_commit = off;

insert into organization (slug, name, date_added, changed_by)
select 'bench-' || i, 'Bench ' || i, now(), 'bench' from generate_series(0, 999) i;

insert into project (organization_id, slug, name, date_added, changed_by)
select o.id, 'project-' || i, 'Project ' || i, now(), 'bench'
from generate_series(0, :projects - 1) i join organization o on o.slug = 'bench-' || i % 1000;

-- Foreign keys refer to the unique indexes: they go first and return last.
create temporary table definition as
select 2 as place, 'alter table project_key add constraint ' || conname || ' ' || pg_get_constraintdef(oid) as sql,
       'alter table project_key drop constraint ' || conname as gone
from pg_constraint where conrelid = 'project_key'::regclass and contype in ('u', 'p')
union all
select 1, indexdef, 'drop index ' || indexname
from pg_indexes where tablename = 'project_key' and indexname not in (select conname from pg_constraint)
union all
select 3, 'alter table ' || conrelid::regclass || ' add constraint ' || conname || ' ' || pg_get_constraintdef(oid),
       'alter table ' || conrelid::regclass || ' drop constraint ' || conname
from pg_constraint where confrelid = 'project_key'::regclass and contype = 'f';

select gone from definition order by place desc \gexec

insert into project_key (organization_id, project_id, label, public_key, secret_key, active, browser_sdk_version,
    has_replay, has_performance, has_debug, has_feedback, has_logs_and_metrics, use_case, date_added, changed_by)
select p.organization_id, p.id, 'Bench Key', md5('public' || p.id || '-' || i), md5('secret' || p.id || '-' || i), true,
    '10.x', true, true, false, false, false, 'user', now(), 'bench'
from generate_series(1, :keys) i cross join project p where p.slug like 'project-%';

select sql from definition order by place \gexec

vacuum analyze;
