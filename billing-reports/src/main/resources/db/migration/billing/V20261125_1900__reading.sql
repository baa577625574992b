-- How far each source of measured use was read: every closed hour before it was. Rows only move forward.
create table usage_reading (
    source text primary key check (length(source) between 1 and 100),
    read_to timestamptz not null check (extract(epoch from read_to)::bigint % 3600 = 0)
);
