-- Whatever replicas keep in memory of these tables announces that it changed, also where plain SQL changed it.
-- The announcement is a table and an id, such as project:2, or * for all; never what is in the row.
-- New rows are not announced: that something does not exist is never kept.

create function announce_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'TRUNCATE' then
        perform pg_notify('countersign_changes', '*');
    else
        perform pg_notify('countersign_changes', tg_table_name || ':' || old.id);
    end if;
    return null;
end
$$;

create trigger organization_announce_change after update or delete on organization
    for each row execute function announce_change();
create trigger organization_announce_truncate after truncate on organization
    for each statement execute function announce_change();

create trigger project_announce_change after update or delete on project
    for each row execute function announce_change();
create trigger project_announce_truncate after truncate on project
    for each statement execute function announce_change();

-- When a key was last used is written often, and nobody keeps it.
create trigger api_key_announce_update after update on api_key
    for each row when ((to_jsonb(old) - 'last_used') is distinct from (to_jsonb(new) - 'last_used'))
    execute function announce_change();
create trigger api_key_announce_delete after delete on api_key
    for each row execute function announce_change();
create trigger api_key_announce_truncate after truncate on api_key
    for each statement execute function announce_change();
