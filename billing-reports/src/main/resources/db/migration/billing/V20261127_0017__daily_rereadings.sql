-- What was read is read once more each day, which nobody asks for, and of each it is told how many hours came out otherwise.
alter table usage_rereading
    alter column asked_by drop not null,
    alter column asker_name drop not null,
    add constraint usage_rereading_asker check ((asked_by is null) = (asker_name is null)),
    add column changed bigint not null default 0 check (changed between 0 and hours);
create index usage_rereading_daily on usage_rereading (source) where read_to < to_hour and asked_by is null;
