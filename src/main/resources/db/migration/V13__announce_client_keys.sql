-- The gate keeps client keys in memory, so their changes and removals are announced too. A statement that changes more than
-- 100 keys announces their organizations instead, and one that changes keys of more than 100 organizations announces all:
-- removing a million keys does not send a million announcements.

create function announce_client_keys() returns trigger language plpgsql as $$
begin
    if not exists (select from former offset 100) then
        perform pg_notify('countersign_changes', 'project_key:' || id) from former;
    elsif not exists (select from (select distinct organization_id from former) as owner offset 100) then
        perform pg_notify('countersign_changes', 'organization:' || organization_id)
        from (select distinct organization_id from former) as owner;
    else
        perform pg_notify('countersign_changes', '*');
    end if;
    return null;
end
$$;

create trigger project_key_announce_update after update on project_key referencing old table as former
    for each statement execute function announce_client_keys();
create trigger project_key_announce_delete after delete on project_key referencing old table as former
    for each statement execute function announce_client_keys();
create trigger project_key_announce_truncate after truncate on project_key
    for each statement execute function announce_change();

-- A replica loads the last used keys before it is ready.
create index key_last_seen_last_seen_idx on key_last_seen (last_seen, key_id);
