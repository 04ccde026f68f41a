-- The rate limit that new client keys get whose request names none. Null is no default: the organization's counts, and then
-- the one in the configuration. Zero in both columns is a default too: new keys have no limit. A later change of a default does
-- not touch keys that exist.

alter table organization
    add column default_rate_limit_window integer,
    add column default_rate_limit_count integer,
    add constraint organization_default_rate_limit_check
        check ((default_rate_limit_window is null) = (default_rate_limit_count is null));

alter table project
    add column default_rate_limit_window integer,
    add column default_rate_limit_count integer,
    add constraint project_default_rate_limit_check
        check ((default_rate_limit_window is null) = (default_rate_limit_count is null));
