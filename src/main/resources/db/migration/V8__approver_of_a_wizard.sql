-- The hash of the API key that approved a hand-over: the approval ends once no valid key has this hash. Null: the approver
-- has no row in api_key, and the approval ends with its time. The default is the hash of no key. A replica of an earlier
-- version does not know the column, so that its approvals count as ended for later ones, and are asked for again.
alter table wizard_handover add column approver_key_hash bytea default '';

update wizard_handover set approver_key_hash = case
    when approved_by like 'api-key:%' then coalesce(
        (select key_hash from api_key where id = cast(split_part(approved_by, ':', 2) as bigint)), '') end;
