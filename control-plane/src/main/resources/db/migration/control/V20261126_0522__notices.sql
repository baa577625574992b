-- What people are told, how they want to be told, and what was sent.

create table notice (
    id uuid primary key,
    recipient uuid not null references person,
    kind text not null check (kind ~ '^[A-Z][A-Z_]{1,62}$'),
    parameters text[] not null check (cardinality(parameters) <= 10),
    link text not null check (link ~ '^/([^/]|$)' and length(link) <= 300),
    key text not null check (length(key) between 1 and 200), -- who is told twice is told once
    at timestamptz not null,
    read_at timestamptz check (read_at >= at),
    unique (recipient, key)
);
create index notice_of on notice (recipient, at desc, id desc);
create index notice_unread on notice (recipient, id) where read_at is null;

create table notice_setting (
    person uuid primary key references person,
    mail boolean not null,
    email text not null check (length(email) <= 254), -- empty: as the register has it
    language text not null check (language in ('ZH', 'EN'))
);

-- The outbox: written with the notice, and emptied by whichever server takes a row first.
create table notice_dispatch (
    notice uuid not null references notice,
    channel text not null check (channel ~ '^(mail|webhook:[a-z][a-z0-9-]{0,29})$'),
    state text not null check (state in ('WAITING', 'SENT', 'GIVEN_UP')),
    attempts integer not null check (attempts >= 0),
    due_at timestamptz not null,
    lease uuid, -- of whoever sends it
    leased_until timestamptz,
    failure text not null check (length(failure) <= 300),
    ended_at timestamptz,
    primary key (notice, channel),
    constraint leased_or_not check ((lease is null) = (leased_until is null)),
    constraint ended_or_not check ((state = 'WAITING') = (ended_at is null)),
    constraint leased_while_waiting check (lease is null or state = 'WAITING')
);
create index notice_dispatch_due on notice_dispatch (channel, due_at) where state = 'WAITING';

insert into role_permission (role, permission) values ('PLATFORM_OPERATOR', 'NOTICE_OPERATE');
