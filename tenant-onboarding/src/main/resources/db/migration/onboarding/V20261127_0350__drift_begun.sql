-- What is about to be put right of what hands have changed: entered before the cluster is written to, and taken
-- out in the transaction that records what became of it. What stays here longer is of somebody who has died in
-- between: whoever looks next records it where it is done, or does it once more.
create table drift_begun (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    cluster text not null,
    namespace text not null,
    part text not null check (length(part) between 1 and 63), -- what is looked at together: a host by its id, the quota, the rest
    kind text not null check (length(kind) between 1 and 63),
    name text not null check (length(name) between 1 and 253),
    field text not null check (length(field) <= 1000),
    before text not null check (length(before) between 1 and 2000),
    after text not null check (length(after) between 1 and 2000),
    action text not null check (action in ('REPAIRED', 'REMADE', 'REMOVED')),
    seen text check (length(seen) between 1 and 400)
);
-- What is found once more before it was put right is the same deed, though the object has another version by now.
create unique index drift_begun_once
    on drift_begun (cluster, namespace, part, kind, name, md5(field), md5(before));
