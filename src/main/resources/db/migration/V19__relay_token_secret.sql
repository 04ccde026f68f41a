-- One row once a relay has registered: the secret that signs the tokens of registrations, shared by all replicas.
create table relay_token_secret (
    only_row boolean not null default true,
    secret bytea not null,
    constraint relay_token_secret_pkey primary key (only_row),
    constraint relay_token_secret_only_row_check check (only_row)
);
