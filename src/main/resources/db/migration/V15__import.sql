-- What moves in from other programs has longer names and slugs than the API gives. Longer columns are not written anew. A
-- replica of an earlier version reads and shows them as any other.

alter table organization alter column slug type varchar(200), alter column name type varchar(200);
alter table team alter column slug type varchar(200), alter column name type varchar(200);
alter table project alter column slug type varchar(200);
alter table project_redirect alter column slug type varchar(200);
alter table project_key alter column label type varchar(200), alter column use_case type varchar(32);
alter table removed_client_key alter column label type varchar(200), alter column use_case type varchar(32);
-- Of a link it is two slugs and some words.
alter table audit_log alter column target type varchar(500);

-- An import sets countersign.importing to on, and has one entry for each organization in place of one for each row.
drop trigger audit on organization;
drop trigger audit on team;
drop trigger audit on project;
drop trigger audit on project_key;
drop trigger audit on project_team;

create trigger audit after insert or update on organization
    for each row when (current_setting('countersign.importing', true) is distinct from 'on')
    execute function audit('org', 'slug');
create trigger audit after insert or update on team
    for each row when (current_setting('countersign.importing', true) is distinct from 'on')
    execute function audit('team', 'slug');
create trigger audit after insert or update on project
    for each row when (current_setting('countersign.importing', true) is distinct from 'on')
    execute function audit('project', 'slug');
create trigger audit after insert or update on project_key
    for each row when (current_setting('countersign.importing', true) is distinct from 'on')
    execute function audit('projectkey', 'public_key');
create trigger audit after insert on project_team
    for each row when (current_setting('countersign.importing', true) is distinct from 'on')
    execute function audit_project_team();
