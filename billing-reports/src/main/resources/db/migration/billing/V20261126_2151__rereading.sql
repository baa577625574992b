-- Hours that people want read once more, and how far that has come: a gap that was filled later, at its source.
create table usage_rereading (
    id uuid primary key,
    source text not null check (length(source) between 1 and 100),
    from_hour timestamptz not null check (extract(epoch from from_hour)::bigint % 3600 = 0),
    to_hour timestamptz not null check (extract(epoch from to_hour)::bigint % 3600 = 0 and to_hour > from_hour),
    asked_by uuid not null,
    asker_name text not null check (length(asker_name) between 1 and 100),
    asked_at timestamptz not null,
    read_to timestamptz not null check (read_to between from_hour and to_hour),
    hours bigint not null default 0 check (hours >= 0)
);
create index usage_rereading_latest on usage_rereading (asked_at desc, id);
create index usage_rereading_open on usage_rereading (asked_at) where read_to < to_hour;
