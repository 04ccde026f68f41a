-- A token of an issuer writes as the issuer's name (at most 32 characters), a colon, and its subject (at most 512). The audit log
-- shows both whole: with 80 characters, two service accounts with long names would look the same. Wider columns rewrite no row.
alter table organization alter column changed_by type varchar(600);
alter table team alter column changed_by type varchar(600);
alter table project alter column changed_by type varchar(600);
alter table project_key alter column changed_by type varchar(600);
alter table api_key alter column changed_by type varchar(600);
alter table audit_log alter column actor type varchar(600);
alter table wizard_handover alter column approved_by type varchar(600);

create or replace function audit_actor() returns varchar language sql stable as $$
    select coalesce(nullif(current_setting('countersign.actor', true), ''), 'database:' || current_user)::varchar(600)
$$;

-- The function audit() is that of V9, with a wider actor. Whoever replaces it next keeps the width.
create or replace function audit() returns trigger language plpgsql as $$
declare
    stored jsonb;
    former jsonb;
    action text;
    actor varchar(600);
    before_members jsonb;
    after_members jsonb;
    owned boolean := true;
begin
    if tg_op = 'INSERT' then
        stored := to_jsonb(new);
        action := case when current_setting('countersign.rotating', true) = stored ->> 'public_key' then 'rotate' else 'create' end;
        actor := new.changed_by;
        after_members := audit_members(stored);
    elsif tg_op = 'UPDATE' then
        stored := to_jsonb(new);
        former := to_jsonb(old);
        action := 'edit';
        actor := new.changed_by;
        before_members := audit_members(former);
        after_members := audit_members(stored);
        select jsonb_object_agg(name, before_members -> name) filter (where before_members ? name),
               jsonb_object_agg(name, after_members -> name) filter (where after_members ? name)
        into before_members, after_members
        from jsonb_object_keys(before_members || after_members) as name
        where before_members -> name is distinct from after_members -> name;
        if stored -> 'key_hash' is distinct from former -> 'key_hash' then
            action := 'rotate';
        elsif before_members is null and after_members is null then
            return null;
        elsif former ->> 'replaced_by' is null and stored ->> 'replaced_by' is not null then
            action := 'rotate';
        elsif former ->> 'replaced_by' is not null and stored ->> 'replaced_by' is null then
            if current_setting('countersign.removing', true)
                    in ('project:' || old.project_id, 'organization:' || old.organization_id) then
                return null;
            end if;
            actor := audit_actor();
        end if;
    else
        if tg_table_name = 'project_key' then
            owned := exists (select from project where id = old.project_id);
        elsif tg_table_name <> 'organization' then
            owned := exists (select from organization where id = old.organization_id);
        end if;
        if not owned then
            return null;
        end if;
        stored := to_jsonb(old);
        action := 'remove';
        actor := audit_actor();
        before_members := audit_members(stored);
    end if;
    insert into audit_log (organization_id, event, actor, target_id, target, before, after)
    values (
        coalesce(stored ->> 'organization_id', stored ->> 'id')::bigint,
        tg_argv[0] || '.' || action,
        actor,
        (stored ->> 'id')::bigint,
        stored ->> tg_argv[1],
        audit_masked(before_members),
        audit_masked(after_members));
    return null;
end
$$;
