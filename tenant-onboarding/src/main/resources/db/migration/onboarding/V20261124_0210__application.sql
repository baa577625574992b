-- Applications, the duties people took in them, and what they led to.

create table application (
    id uuid primary key,
    number bigint generated always as identity unique,
    version int not null check (version > 0),
    state text not null check (state in ('TECH_REVIEW', 'APPROVED', 'DELIVERING', 'DELIVERED', 'CLOSED', 'REJECTED', 'WITHDRAWN')),
    system uuid not null references system,
    unit uuid not null references unit, -- the owner when it was submitted
    pool text not null references pool,
    purpose text not null check (length(purpose) between 1 and 2000),
    term_months smallint not null check (term_months between 1 and 60),
    submitted_at timestamptz not null,
    digest text not null -- of the content: the same id with other content is refused
);
create index application_of_unit on application (unit, submitted_at desc);
create index application_of_system on application (system);
create index application_open on application (submitted_at) where state in ('TECH_REVIEW', 'APPROVED', 'DELIVERING');

create table application_item (
    application uuid not null references application,
    position smallint not null check (position between 0 and 49),
    kind text not null check (kind in ('HOSTS', 'NAMESPACE')),
    count smallint not null check (count between 1 and 200),
    vcpu int not null check (vcpu > 0),
    memory_gib int not null check (memory_gib > 0),
    storage_gib int not null check (storage_gib >= 0),
    storage_class text not null check (storage_class ~ '^[a-z0-9][a-z0-9.-]{0,31}$'),
    check (kind = 'HOSTS' or count = 1),
    primary key (application, position)
);

-- Separation of duties. In one application each person has one duty at most, and every step that
-- needs a duty points at it, so that no step can be written for a person whose duty is another.
create table application_duty (
    application uuid not null references application,
    person uuid not null references person,
    duty text not null check (duty in ('SUBMITTER', 'APPROVER')),
    primary key (application, person),
    unique (application, person, duty)
);

create table application_step (
    application uuid not null references application,
    version int not null check (version > 0),
    at timestamptz not null,
    person uuid references person, -- none: the control plane itself
    duty text,
    command text not null check (command in ('SUBMIT', 'APPROVE', 'REJECT', 'WITHDRAW', 'DELIVER', 'OBSERVE', 'CONFIRM')),
    from_state text,
    to_state text not null,
    note text not null check (length(note) <= 2000),
    primary key (application, version),
    foreign key (application, person, duty) references application_duty (application, person, duty),
    -- who may do a step without a duty of the application, and who may not
    check ((command in ('SUBMIT', 'WITHDRAW')) = (duty is not distinct from 'SUBMITTER')),
    check ((command in ('APPROVE', 'REJECT')) = (duty is not distinct from 'APPROVER')),
    check ((command in ('DELIVER', 'OBSERVE')) = (person is null))
);
create trigger append_only before update or delete or truncate on application_step
    for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on application_duty
    for each statement execute function refuse_change();

-- The lease of a system in a pool: what its namespace may use there.
create table lease (
    system uuid not null references system,
    pool text not null references pool,
    cluster text not null,
    namespace text not null check (namespace ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    epoch bigint not null check (epoch > 0),
    observed_epoch bigint not null default 0 check (observed_epoch between 0 and epoch),
    reason text not null default '',
    primary key (system, pool),
    unique (cluster, namespace)
);
create index lease_behind on lease (system) where observed_epoch < epoch;

create table lease_amount (
    system uuid not null,
    pool text not null,
    resource text not null,
    granted bigint not null check (granted >= 0),
    primary key (system, pool, resource),
    foreign key (system, pool) references lease (system, pool)
);

create table host (
    id uuid primary key,
    name text not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    application uuid not null references application,
    system uuid not null references system,
    pool text not null references pool,
    vcpu int not null check (vcpu > 0),
    memory_bytes bigint not null check (memory_bytes > 0),
    disk_bytes bigint not null check (disk_bytes > 0),
    storage_class text not null,
    state text not null check (state in ('PROVISIONING', 'RUNNING', 'FAILED')),
    reason text not null default '',
    delivered_at timestamptz,
    check (state <> 'RUNNING' or delivered_at is not null),
    unique (system, name)
);
create index host_of_application on host (application);
create index host_waiting on host (system) where state <> 'RUNNING';
