-- A host's whole life: what is wanted of it, who has said so, and what became of it.

-- What of a lease the pool's infrastructure pays (the overhead of launchers), and what of that is
-- given back as soon as the cluster is known to hold it no more.
alter table lease_amount add column beside bigint not null default 0;
alter table lease_amount add column beside_due bigint not null default 0;
update lease_amount a set beside = least(a.charged, h.overhead)
from (select l.cluster, l.namespace,
             sum(268435456 + h.vcpu * 8388608 + ceil(h.memory_bytes / 512.0))::bigint as overhead
      from host h join lease l using (system, pool, cluster) group by l.cluster, l.namespace) h
where a.cluster = h.cluster and a.namespace = h.namespace and a.resource = 'memoryBytes';
alter table lease_amount add constraint infrastructure_pays_a_part
    check (0 <= beside_due and beside_due <= beside and beside <= charged);

-- The catalogue. An edit is a new version; nothing is ever deleted, for hosts refer to it.
create table host_size (
    code text not null check (code ~ '^[a-z0-9]([a-z0-9.-]{0,30}[a-z0-9])?$'),
    version int not null check (version > 0),
    name text not null check (length(name) between 1 and 100),
    vcpu int not null check (vcpu between 1 and 128),
    memory_gib int not null check (memory_gib between 1 and 1024),
    gpu_model text check (gpu_model ~ '^[a-z0-9][a-z0-9.-]{0,31}$'),
    gpus int not null check (gpus between 0 and 16),
    processor text check (processor in ('domestic', 'ordinary')), -- none: either
    retired boolean not null,
    at timestamptz not null,
    person uuid references person,
    primary key (code, version),
    check ((gpu_model is null) = (gpus = 0))
);
create table host_image (
    code text not null check (code ~ '^[a-z0-9]([a-z0-9.-]{0,30}[a-z0-9])?$'),
    version int not null check (version > 0),
    name text not null check (length(name) between 1 and 100),
    os text not null check (length(os) between 1 and 100),
    family text not null check (family in ('LINUX', 'WINDOWS')),
    source text not null check (source in ('CONTAINER_DISK', 'REGISTRY', 'HTTP')),
    location text not null check (length(location) between 1 and 500),
    minimum_disk_gib int not null check (minimum_disk_gib between 1 and 32768),
    retired boolean not null,
    at timestamptz not null,
    person uuid references person,
    primary key (code, version)
);
create trigger append_only before update or delete or truncate on host_size
    for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on host_image
    for each statement execute function refuse_change();

alter table host add column life text not null default 'PROVISIONING';
alter table host add column version int not null default 1 check (version > 0);
alter table host add column running boolean not null default true; -- wanted to
alter table host add column confirmed_at timestamptz;
alter table host add column holds_compute boolean not null default true;
alter table host add column restarts int not null default 0;
alter table host add column restarts_done int not null default 0;
alter table host add column rebuilds int not null default 0;
alter table host add column rebuilds_done int not null default 0;
alter table host add column recycled_at timestamptz;
alter table host add column recycled_by uuid references person;
alter table host add column destroyed_by uuid references person;
alter table host add column refusal text not null default '' check (length(refusal) <= 1000); -- why its last start was not granted
alter table host add column size text;
alter table host add column size_version int;
alter table host add column image text;
alter table host add column image_version int;
alter table host add column gpu_model text check (gpu_model ~ '^[a-z0-9][a-z0-9.-]{0,31}$');
alter table host add column gpus int not null default 0 check (gpus between 0 and 16);
alter table host add column user_data text not null default '' check (octet_length(user_data) <= 16384);
alter table host add column ssh_keys text[] not null default '{}' check (cardinality(ssh_keys) <= 20);
alter table host add foreign key (size, size_version) references host_size;
alter table host add foreign key (image, image_version) references host_image;
alter table host add constraint a_model_of_gpus check ((gpu_model is null) = (gpus = 0));

update host h set
    confirmed_at = (select max(t.at) from application_step t where t.application = h.application and t.command = 'CONFIRM');
update host set life = case
    when delivered_at is null then 'PROVISIONING' when confirmed_at is null then 'TRIAL' else 'IN_USE' end;
alter table host alter column life drop default;

alter table host drop constraint host_state_check;
alter table host add constraint host_state_check
    check (state in ('PROVISIONING', 'RUNNING', 'STOPPED', 'FAILED', 'GONE'));
alter table host add constraint host_life_check check (life in
    ('PROVISIONING', 'TRIAL', 'IN_USE', 'CHANGING', 'STOPPED', 'RECYCLE_BIN', 'DESTROYING', 'DESTROYED'));
alter table host add constraint nothing_is_done_unasked
    check (restarts_done between 0 and restarts and rebuilds_done between 0 and rebuilds);
alter table host add constraint wanted_as_its_life_says check (case life
    when 'PROVISIONING' then running when 'TRIAL' then running when 'IN_USE' then running
    when 'CHANGING' then true else not running end);
alter table host add constraint running_it_holds_its_processors check (holds_compute or not running);
alter table host add constraint trial_ends_with_confirmation
    check (case life when 'TRIAL' then confirmed_at is null when 'IN_USE' then confirmed_at is not null else true end);
alter table host add constraint recycled_by_somebody check
    ((life in ('RECYCLE_BIN', 'DESTROYING', 'DESTROYED')) = (recycled_at is not null)
     and (recycled_at is null) = (recycled_by is null));
-- Two people: who moves a host to the recycle bin, and who destroys it.
alter table host add constraint destroyed_by_another check
    ((life in ('DESTROYING', 'DESTROYED')) = (destroyed_by is not null) and destroyed_by <> recycled_by);
drop index host_waiting;
create index host_in_life on host (life) where life not in ('TRIAL', 'IN_USE');

create table host_disk (
    host uuid not null references host,
    position smallint not null check (position between 1 and 15),
    bytes bigint not null check (bytes > 0),
    storage_class text not null check (storage_class ~ '^[a-z0-9][a-z0-9.-]{0,31}$'),
    primary key (host, position)
);

-- What people have said of hosts: the id is the caller's, and the same id with the same content is said once.
create table host_command (
    id uuid primary key,
    host uuid not null references host,
    kind text not null check (kind in
        ('START', 'STOP', 'RESTART', 'RESIZE', 'ADD_DISK', 'REBUILD', 'RECYCLE', 'RESTORE', 'DESTROY')),
    content text not null,
    person uuid not null references person,
    at timestamptz not null
);
create trigger append_only before update or delete or truncate on host_command
    for each statement execute function refuse_change();

-- Each step of a host's life. Those that only the control plane takes have no person, the others have one.
create table host_step (
    host uuid not null references host,
    version int not null check (version > 1),
    at timestamptz not null,
    person uuid references person,
    command text not null,
    from_life text not null,
    to_life text not null,
    note text not null default '' check (length(note) <= 1000),
    primary key (host, version),
    check ((command in ('DELIVER', 'SETTLE_IN_USE', 'SETTLE_ON_TRIAL', 'SETTLE_STOPPED', 'VANISH')) = (person is null) or command = 'CONFIRM')
);
create trigger append_only before update or delete or truncate on host_step
    for each statement execute function refuse_change();

create table host_certificate (
    number bigint generated always as identity primary key,
    host uuid not null unique references host,
    at timestamptz not null,
    content text not null, -- JSON, as it was digested
    digest text not null check (digest ~ '^[0-9a-f]{64}$') -- SHA-256 of the content
);
create trigger append_only before update or delete or truncate on host_certificate
    for each statement execute function refuse_change();

-- What hosts that are applied for are made with.
alter table application_item add column size text;
alter table application_item add column size_version int;
alter table application_item add column image text;
alter table application_item add column image_version int;
alter table application_item add column gpu_model text;
alter table application_item add column gpus int not null default 0 check (gpus between 0 and 16);
alter table application_item add column user_data text not null default '' check (octet_length(user_data) <= 16384);
alter table application_item add column ssh_keys text[] not null default '{}' check (cardinality(ssh_keys) <= 20);
alter table application_item add foreign key (size, size_version) references host_size;
alter table application_item add foreign key (image, image_version) references host_image;

-- What a host's cluster says of it beside its state.
create table host_observed (
    host uuid primary key references host,
    addresses text[] not null check (cardinality(addresses) <= 20),
    conditions text[] not null check (cardinality(conditions) <= 21),
    seen_at timestamptz not null
);

-- That something has changed which somebody may be looking at. A hint: whoever reads it looks at the thing
-- itself. Ordered by transaction, and read only up to the oldest one that is still under way, so that one
-- that commits late is not passed over. Kept for an hour.
create table change_event (
    tx xid8 not null default pg_current_xact_id(),
    kind text not null check (kind in ('HOST')),
    subject uuid not null,
    unit uuid not null,
    at timestamptz not null
);
create index change_event_tx on change_event (tx);
create index change_event_at on change_event (at);
