-- The audit log takes any change of a row: a trigger that lists columns forgets those that are added later. What is not
-- audited is listed in audit_members.

drop trigger audit on organization;
drop trigger audit on team;
drop trigger audit on project;
drop trigger audit on project_key;
drop trigger audit on api_key;
drop trigger audit on project_team;

create trigger audit after insert or update on organization for each row execute function audit('org', 'slug');
create trigger audit after insert or update on team for each row execute function audit('team', 'slug');
create trigger audit after insert or update on project for each row execute function audit('project', 'slug');
create trigger audit after insert or update on project_key for each row execute function audit('projectkey', 'public_key');
create trigger audit after insert on api_key for each row execute function audit('api-key', 'label');
-- When a key was last used is written often.
create trigger audit_update after update on api_key
    for each row when ((to_jsonb(old) - 'last_used') is distinct from (to_jsonb(new) - 'last_used'))
    execute function audit('api-key', 'label');
create trigger audit after insert on project_team for each row execute function audit_project_team();

-- A removal that is too long for one statement removes the parts of a thing before the thing itself, in one transaction.
-- That transaction names the thing in countersign.removing, as a table and an id. Its parts get no entries then, as in a
-- removal by one statement. The condition stands in the triggers, so that a part costs no call of a function.
create trigger audit_removal after delete on organization for each row execute function audit('org', 'slug');
create trigger audit_removal after delete on team
    for each row when (coalesce(current_setting('countersign.removing', true), '') <> 'organization:' || old.organization_id)
    execute function audit('team', 'slug');
create trigger audit_removal after delete on project
    for each row when (coalesce(current_setting('countersign.removing', true), '') <> 'organization:' || old.organization_id)
    execute function audit('project', 'slug');
create trigger audit_removal after delete on api_key
    for each row when (coalesce(current_setting('countersign.removing', true), '') <> 'organization:' || old.organization_id)
    execute function audit('api-key', 'label');
create trigger audit_removal after delete on project_key
    for each row when (coalesce(current_setting('countersign.removing', true), '')
        not in ('project:' || old.project_id, 'organization:' || old.organization_id))
    execute function audit('projectkey', 'public_key');
create trigger audit_removal after delete on project_team
    for each row when (coalesce(current_setting('countersign.removing', true), '')
        not in ('project:' || old.project_id, 'team:' || old.team_id)
        and coalesce(current_setting('countersign.removing', true), '') not like 'organization:%')
    execute function audit_project_team();

-- A hand-over is stored from its approval on. One that was redeemed or closed stays until it expires, so that it is
-- neither redeemed nor approved again.
alter table wizard_handover add column closed boolean not null default false;
