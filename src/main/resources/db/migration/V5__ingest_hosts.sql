-- The ingest host that the DSNs of a project's client keys name: by its name in the configuration. Null is the organization's,
-- and then the host that is called default. A name that the configuration loses stays.

alter table organization add column ingest varchar(32);
alter table project add column ingest varchar(32);

-- For the count of names that the configuration lost, which each replica asks for once.
create index organization_ingest_idx on organization (ingest) where ingest is not null;
create index project_ingest_idx on project (ingest) where ingest is not null;
