-- The end of a host's term: notices before it, the stop at it, and the recycle bin after it.

-- What people were told of a host's end, once for each end: it moves with a renewal.
create table host_term_notice (
    host uuid not null references host,
    ends_at timestamptz not null,
    days smallint not null check (days >= 0), -- before it; 0: it has come
    at timestamptz not null,
    primary key (host, ends_at, days)
);
create trigger append_only before update or delete or truncate on host_term_notice
    for each statement execute function refuse_change();

drop index host_ends;
create index host_ends on host (ends_at) where life in ('IN_USE', 'CHANGING', 'STOPPED');
create index host_on_trial on host (delivered_at) where confirmed_at is null;

-- The control plane itself stops what has come to its end, and moves it to the recycle bin.
alter table host_step drop constraint host_step_check;
alter table host_step add constraint host_step_check check
    ((command in ('DELIVER', 'SETTLE_IN_USE', 'SETTLE_ON_TRIAL', 'SETTLE_STOPPED', 'GIVE_UP', 'VANISH',
                  'EXPIRE', 'RETIRE'))
     = (person is null) or command = 'CONFIRM');

-- Nobody but that moves a host there without a name, and never before its end.
alter table host drop constraint recycled_by_somebody;
alter table host add constraint recycled_by_somebody check
    (((life in ('RECYCLE_BIN', 'DESTROYING', 'DESTROYED')) and not given_up) = (recycled_at is not null)
     and (recycled_by is null or recycled_at is not null)
     and (recycled_at is null or recycled_by is not null
          or recycled_at >= coalesce(ends_at, delivered_at)));
alter table host drop constraint destroyed_by_another;
alter table host add constraint destroyed_by_another check
    (((life in ('DESTROYING', 'DESTROYED')) and not given_up) = (destroyed_by is not null)
     and (destroyed_by <> recycled_by) is not false);
