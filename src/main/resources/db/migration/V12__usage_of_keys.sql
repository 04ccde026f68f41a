-- What the gate counts. Replicas add their counts, each with one statement an interval, rows in the order of the keys. No
-- table has a foreign key to project_key: a key that is removed meanwhile must not fail the counts of all others.

-- The running window of a key's rate limit. A later window takes the place of the earlier one.
create table key_window (
    key_id bigint not null,
    window_start timestamptz(3) not null,
    window_seconds integer not null,
    count bigint not null,
    constraint key_window_pkey primary key (key_id)
) with (fillfactor = 50);

-- Events of an hour. An hour that is past its time moves to its day, so that each event is in exactly one of the two tables.
create table key_usage_hour (
    key_id bigint not null,
    bucket timestamptz(3) not null,
    accepted bigint not null,
    limited bigint not null,
    rejected bigint not null,
    constraint key_usage_hour_pkey primary key (key_id, bucket)
) with (fillfactor = 50);

create index key_usage_hour_bucket_idx on key_usage_hour (bucket);

-- Events of a day of UTC, without the hours that are still in key_usage_hour.
create table key_usage_day (
    key_id bigint not null,
    bucket timestamptz(3) not null,
    accepted bigint not null,
    limited bigint not null,
    rejected bigint not null,
    constraint key_usage_day_pkey primary key (key_id, bucket)
);

create index key_usage_day_bucket_idx on key_usage_day (bucket);

-- When each key was seen last, whatever the gate answered. The counts are the sums of the key's rows in key_usage_hour.
create table key_last_seen (
    key_id bigint not null,
    organization_id bigint not null,
    last_seen timestamptz(3) not null,
    last_rejected timestamptz(3),
    accepted bigint not null,
    limited bigint not null,
    rejected bigint not null,
    constraint key_last_seen_pkey primary key (key_id)
) with (fillfactor = 70);

create index key_last_seen_organization_idx on key_last_seen (organization_id, last_seen, key_id);
create index key_last_seen_rejected_idx on key_last_seen (organization_id, rejected, key_id);
create index key_last_seen_last_rejected_idx on key_last_seen (organization_id, last_rejected, key_id)
    where last_rejected is not null;

-- One row once a gate has counted: since when without a gap, and until when.
create table usage_counting (
    only_row boolean not null default true,
    counted_since timestamptz(3) not null,
    counted_until timestamptz(3) not null,
    constraint usage_counting_pkey primary key (only_row),
    constraint usage_counting_only_row_check check (only_row)
);

-- Events that still come with a removed key.
alter table removed_client_key add column rejected bigint not null default 0;
alter table removed_client_key add column last_rejected timestamptz(3);

create index removed_client_key_last_rejected_idx on removed_client_key (organization_id, last_rejected, public_key)
    where last_rejected is not null;

create function forget_counts_of_removed_keys() returns trigger language plpgsql as $$
begin
    delete from key_window where key_id in (select id from removed);
    delete from key_last_seen where key_id in (select id from removed);
    return null;
end
$$;

create trigger forget_counts after delete on project_key referencing old table as removed
    for each statement execute function forget_counts_of_removed_keys();
