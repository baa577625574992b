-- What is handed in with an application: the files of a draft and of what becomes of it, which has the same
-- id. What was once submitted with one is kept when a revision leaves it out.
create table application_attachment (
    id uuid primary key,
    application uuid not null,
    unit uuid not null references unit,
    name text not null check (length(name) between 1 and 200),
    type text not null check (type in ('PDF', 'DOCX', 'XLSX', 'PNG', 'JPEG')),
    size int not null check (size between 1 and 10485760),
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    content bytea not null check (octet_length(content) = size),
    added_by uuid not null references person,
    added_at timestamptz not null,
    removed_at timestamptz
);
-- Compressed formats all: trying to compress them again only takes time.
alter table application_attachment alter column content set storage external;
create index application_attachment_of on application_attachment (application, added_at);
create index application_attachment_of_unit on application_attachment (unit);

alter table application add column expected_load text not null default ''
    check (length(expected_load) <= 2000);
