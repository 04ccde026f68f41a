-- One row for each object that was created under an Idempotency-Key. The row stays when the object is removed, so that a
-- repeated request learns of the removal. It goes with the parent of the object: the project, the team, the organization.
-- organization_id is set in every row below an organization, so that a long removal finds the rows.
-- body_sha256 is of the parsed body; the body itself is stored nowhere.

create table idempotency_record (
    caller varchar(600) not null,
    operation varchar(32) not null,
    organization_id bigint,
    team_id bigint,
    project_id bigint,
    parent_id bigint not null generated always as (coalesce(project_id, team_id, organization_id, 0)) stored,
    key varchar(128) not null,
    body_sha256 bytea not null,
    object_id bigint not null,
    date_expires timestamptz(3) not null,
    constraint idempotency_record_pkey primary key (caller, operation, parent_id, key),
    constraint idempotency_record_organization_fkey foreign key (organization_id) references organization (id) on delete cascade,
    constraint idempotency_record_team_fkey foreign key (team_id) references team (id) on delete cascade,
    constraint idempotency_record_project_fkey foreign key (project_id) references project (id) on delete cascade
);

create index idempotency_record_expires_idx on idempotency_record (date_expires);
create index idempotency_record_organization_idx on idempotency_record (organization_id) where organization_id is not null;
create index idempotency_record_team_idx on idempotency_record (team_id) where team_id is not null;
create index idempotency_record_project_idx on idempotency_record (project_id) where project_id is not null;
