-- The owner under which apply made a row; null for a row that the API or an import made. apply --prune removes only rows of
-- its own owner. The column is not shown and not audited.
alter table organization add column apply_owner varchar(64);
alter table team add column apply_owner varchar(64);
alter table project add column apply_owner varchar(64);
alter table project_team add column apply_owner varchar(64);
alter table project_key add column apply_owner varchar(64);
alter table api_key add column apply_owner varchar(64);

create index project_apply_owner_idx on project (organization_id, apply_owner) where apply_owner is not null;

create or replace function audit_members(stored jsonb) returns jsonb language sql immutable as $$
    select (stored - '{settings,secret_key,key_hash,changed_by,last_used,date_added,apply_owner}'::text[])
        || coalesce((stored ->> 'settings')::jsonb, '{}')
$$;

-- The successor of a rotated key belongs to the owner of the key that it replaced.
create function inherit_apply_owner() returns trigger language plpgsql as $$
begin
    update project_key set apply_owner = new.apply_owner where public_key = new.replaced_by;
    return null;
end
$$;

create trigger inherit_apply_owner after update of replaced_by on project_key
    for each row when (new.replaced_by is not null and new.apply_owner is not null)
    execute function inherit_apply_owner();
