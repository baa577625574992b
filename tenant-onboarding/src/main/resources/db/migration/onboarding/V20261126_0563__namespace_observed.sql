-- What clusters say of namespaces: their phase, and the latest warnings about what is in them.

create table namespace_observed (
    cluster text not null,
    namespace text not null,
    phase text not null check (phase in ('ABSENT', 'ACTIVE', 'TERMINATING')),
    conditions text[] not null, -- those that say why it is not gone yet, in the cluster's words
    seen_at timestamptz not null, -- when it was last seen to be so
    since timestamptz not null,
    primary key (cluster, namespace),
    foreign key (cluster, namespace) references lease
);

-- At most ten of a namespace, and none for longer than a day after it was said last.
create table namespace_warning (
    cluster text not null,
    namespace text not null,
    reason text not null check (length(reason) between 1 and 128),
    object text not null check (length(object) between 1 and 320),
    message text not null check (length(message) <= 500),
    times int not null check (times > 0),
    first_at timestamptz not null,
    last_at timestamptz not null,
    primary key (cluster, namespace, reason, object),
    foreign key (cluster, namespace) references lease
);

alter table change_event drop constraint change_event_kind_check;
alter table change_event add constraint change_event_kind_check check (kind in ('HOST', 'NAMESPACE'));
