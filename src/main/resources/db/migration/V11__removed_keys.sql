-- Removed keys are remembered for a time that the service sets, with or without a gate. The audit log does not serve for
-- this: old entries of the log may be removed. A record goes when its organization goes, or when the organization makes the
-- same key again. The tables have no foreign keys: the removal of an organization must not wait for a removal of a key that
-- waits for the organization.

create table removed_client_key (
    public_key varchar(32) not null,
    organization_id bigint not null,
    project_id bigint not null,
    label varchar(64) not null,
    use_case varchar(16) not null,
    date_removed timestamptz(3) not null default now(),
    constraint removed_client_key_pkey primary key (public_key)
);

create index removed_client_key_organization_idx on removed_client_key (organization_id);
create index removed_client_key_date_idx on removed_client_key (date_removed);

-- The text of an API key is stored nowhere. A rotation removes the earlier text.
create table removed_api_key (
    key_hash bytea not null,
    organization_id bigint not null,
    date_removed timestamptz(3) not null default now(),
    constraint removed_api_key_pkey primary key (key_hash)
);

create index removed_api_key_organization_idx on removed_api_key (organization_id);
create index removed_api_key_date_idx on removed_api_key (date_removed);

-- One statement for all keys of a removal, also of keys that go with their project. Keys that go with their organization are
-- not remembered; the organization is gone already where one statement removes it.
create function remember_removed_client_keys() returns trigger language plpgsql as $$
begin
    insert into removed_client_key (public_key, organization_id, project_id, label, use_case)
    select public_key, organization_id, project_id, label, use_case
    from removed where organization_id in (select id from organization)
    on conflict (public_key) do update
    set organization_id = excluded.organization_id, project_id = excluded.project_id, label = excluded.label,
        use_case = excluded.use_case, date_removed = excluded.date_removed;
    return null;
end
$$;

create trigger remember_removed after delete on project_key referencing old table as removed
    for each statement when (coalesce(current_setting('countersign.removing', true), '') not like 'organization:%')
    execute function remember_removed_client_keys();

create function remember_removed_api_key() returns trigger language plpgsql as $$
begin
    insert into removed_api_key (key_hash, organization_id)
    select old.key_hash, old.organization_id where exists (select from organization where id = old.organization_id)
    on conflict (key_hash) do update
    set organization_id = excluded.organization_id, date_removed = excluded.date_removed;
    return null;
end
$$;

create trigger remember_removed after delete on api_key
    for each row when (coalesce(current_setting('countersign.removing', true), '') not like 'organization:%')
    execute function remember_removed_api_key();
create trigger remember_rotated after update of key_hash on api_key
    for each row when (old.key_hash is distinct from new.key_hash)
    execute function remember_removed_api_key();

-- A client key that another organization has removed is a conflict, as a key in use is. An import takes the key: it sets
-- countersign.importing to on. The check follows the insert, which waits for a removal of the same key that is under way.
create function check_removed_client_key() returns trigger language plpgsql as $$
declare
    owner bigint;
begin
    select organization_id into owner from removed_client_key where public_key = new.public_key;
    if found then
        if owner <> new.organization_id and current_setting('countersign.importing', true) is distinct from 'on' then
            raise unique_violation using
                message = 'duplicate key value violates unique constraint "project_key_public_key_key"',
                detail = 'Another organization has removed this client key.',
                constraint = 'project_key_public_key_key';
        end if;
        delete from removed_client_key where public_key = new.public_key;
    end if;
    return null;
end
$$;

create trigger check_removed after insert on project_key for each row execute function check_removed_client_key();

create function forget_removed_api_key() returns trigger language plpgsql as $$
begin
    delete from removed_api_key where key_hash = new.key_hash;
    return null;
end
$$;

create trigger forget_removed after insert on api_key for each row execute function forget_removed_api_key();

-- Deferred: a removal of a key that was under way has ended then, and its record is seen.
create function forget_removed_keys() returns trigger language plpgsql as $$
begin
    delete from removed_client_key where organization_id = old.id;
    delete from removed_api_key where organization_id = old.id;
    return null;
end
$$;

create constraint trigger forget_removed after delete on organization deferrable initially deferred
    for each row execute function forget_removed_keys();
