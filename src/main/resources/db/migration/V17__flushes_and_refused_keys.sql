-- The number of the last statement with counts that each replica of a gate has added. A statement whose answer was lost is sent
-- again under the same number, and adds nothing if the number is here already.
create table gate_flush (
    replica uuid not null,
    number bigint not null,
    date_written timestamptz(3) not null default now(),
    constraint gate_flush_pkey primary key (replica)
) with (fillfactor = 50);

create index gate_flush_date_idx on gate_flush (date_written);

-- Events that come with a key since it was switched off or has expired. rejected also has those that were refused for another
-- reason while the key was good. last_rejected stays for replicas of an earlier version.
alter table key_last_seen add column refused bigint not null default 0;
alter table key_last_seen add column last_refused timestamptz(3);

update key_last_seen set refused = rejected, last_refused = last_rejected
from project_key
where project_key.id = key_id and last_rejected is not null and rejected > 0
    and (not active or date_expires <= now());

drop index key_last_seen_last_rejected_idx;
create index key_last_seen_last_refused_idx on key_last_seen (organization_id, last_refused, key_id)
    where last_refused is not null;
