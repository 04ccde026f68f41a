-- The counts of a key in one row an interval, and an update that writes to no index (PostgreSQL's HOT).
--
-- The hour that runs stands beside the key's last use. The first count of a later hour moves the hour to key_usage_hour, so that
-- each event is in one of both. A replica of an earlier version adds to key_usage_hour; so both may have counts of an hour.
--
-- No index has a column that changes with each accepted event. The minute of the last use is made from the last use, also where a replica
-- of an earlier version writes it.
drop index key_last_seen_organization_idx;
drop index key_last_seen_last_seen_idx;

-- An interval may write a new version of each row of a page.
alter table key_last_seen set (fillfactor = 45);
alter table key_last_seen
    add column seen_minute timestamp not null
        generated always as (date_trunc('minute', last_seen at time zone 'UTC')) stored,
    add column hour timestamptz(3),
    add column hour_accepted bigint not null default 0,
    add column hour_limited bigint not null default 0,
    add column hour_rejected bigint not null default 0;

create index key_last_seen_organization_idx on key_last_seen (organization_id, seen_minute);
create index key_last_seen_minute_idx on key_last_seen (seen_minute, key_id);
create index key_last_seen_hour_idx on key_last_seen (hour) where hour is not null;

-- Whoever writes to the hours of a key has locked the key's row here, if there is one; so nobody waits for each other.
create function store_hour() returns trigger language plpgsql as $$
declare
    ended key_last_seen := old;
begin
    if new.hour < old.hour then
        ended := new;
        new.hour := old.hour;
        new.hour_accepted := old.hour_accepted;
        new.hour_limited := old.hour_limited;
        new.hour_rejected := old.hour_rejected;
    end if;
    insert into key_usage_hour as stored (key_id, bucket, accepted, limited, rejected)
    values (ended.key_id, ended.hour, ended.hour_accepted, ended.hour_limited, ended.hour_rejected)
    on conflict (key_id, bucket) do update
    set accepted = stored.accepted + excluded.accepted, limited = stored.limited + excluded.limited,
        rejected = stored.rejected + excluded.rejected;
    return new;
end
$$;

create trigger store_hour before update on key_last_seen for each row
    when (old.hour is not null and old.hour is distinct from new.hour) execute function store_hour();
