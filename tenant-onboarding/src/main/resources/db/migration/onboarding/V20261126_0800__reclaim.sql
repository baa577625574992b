-- Reclaim and shrink orders: what was proposed and on what evidence stays as it is; what people say of it, and what
-- came of it, stands beside it.

create table reclaim (
    id uuid primary key,
    number bigint generated always as identity unique,
    version int not null check (version > 0),
    state text not null check (state in
        ('PROPOSED', 'NOTICED', 'CONSENTED', 'APPEALED', 'EXTENDED', 'UPHELD', 'BUREAU_APPROVED',
         'EXECUTING', 'PARTIAL', 'DONE', 'CANCELLED')),
    unit uuid not null references unit,
    basis text not null check (length(basis) between 1 and 500),
    digest text not null check (length(digest) = 64), -- of what was asked for: the same id is taken once
    proposed_by uuid not null references person,
    proposed_at timestamptz not null,
    entered_at timestamptz not null, -- its present state
    noticed_at timestamptz, -- since when its owner is asked
    extended_until date, -- the last day of the delay that an appeal has brought
    check (noticed_at is not null or state in ('PROPOSED', 'CANCELLED')),
    check (extended_until is not null or state <> 'EXTENDED')
);
create index reclaim_latest on reclaim (proposed_at desc, id);
create index reclaim_open on reclaim (unit, state) where state not in ('DONE', 'CANCELLED');

-- One host of an order: what was measured, what was said of that, and what is planned. Percentages of the capacity.
create table reclaim_item (
    reclaim uuid not null references reclaim,
    position int not null check (position between 1 and 200),
    host uuid not null references host,
    action text not null check (action in ('RECYCLE', 'SHRINK')),
    day date not null,
    days int not null check (days between 1 and 366),
    verdicts text[] not null check (cardinality(verdicts) >= 1),
    policy text not null check (length(policy) between 1 and 63),
    hours int not null check (hours >= 0),
    valid_hours int not null check (valid_hours between 0 and hours),
    coverage numeric(5, 2) not null check (coverage between 0 and 100),
    cpu_mean numeric(9, 4), cpu_p95 numeric(7, 2), cpu_peak numeric(7, 2),
    memory_mean numeric(9, 4), memory_p95 numeric(7, 2), memory_peak numeric(7, 2),
    disk_mean numeric(9, 4),
    stopped boolean not null,
    vcpu int not null check (vcpu > 0),
    memory_bytes bigint not null check (memory_bytes > 0),
    planned_vcpu int not null check (planned_vcpu between 0 and vcpu),
    planned_memory_bytes bigint not null check (planned_memory_bytes between 0 and memory_bytes),
    size text, -- of the catalogue
    size_version int,
    primary key (reclaim, position),
    unique (reclaim, host),
    constraint less_than_before check (planned_vcpu < vcpu or planned_memory_bytes < memory_bytes),
    constraint nothing_is_left_of_what_is_given_back check (
        (action = 'RECYCLE') = (planned_vcpu = 0) and (action = 'RECYCLE') = (planned_memory_bytes = 0)),
    constraint what_shrinks_has_a_size check (
        (action = 'SHRINK') = (size is not null) and (size is null) = (size_version is null))
);
create trigger append_only before update or delete or truncate on reclaim_item
    for each statement execute function refuse_change();

-- What its owner says of it, and what came of it.
create table reclaim_progress (
    reclaim uuid not null,
    position int not null,
    host uuid not null references host,
    open boolean not null default true, -- no other order may name this host
    answer text check (answer in ('CONSENTED', 'APPEALED')),
    answer_note text not null default '' check (length(answer_note) <= 500),
    outcome text not null default 'PLANNED' check (outcome in ('PLANNED', 'STARTED', 'DONE', 'FAILED', 'SKIPPED')),
    reason text check (reason ~ '^[A-Z][A-Z_]{1,62}$'),
    attempts smallint not null default 0 check (attempts >= 0),
    started_at timestamptz,
    ended_at timestamptz,
    actual_vcpu int check (actual_vcpu >= 0), -- what it is charged for now
    actual_memory_bytes bigint check (actual_memory_bytes >= 0),
    primary key (reclaim, position),
    foreign key (reclaim, position) references reclaim_item,
    constraint an_end_has_its_time check ((outcome in ('DONE', 'FAILED', 'SKIPPED')) = (ended_at is not null)),
    constraint what_did_not_come_says_why check ((outcome in ('FAILED', 'SKIPPED')) = (reason is not null)),
    constraint what_is_done_says_what_it_is check (
        (outcome = 'DONE') = (actual_vcpu is not null) and (actual_vcpu is null) = (actual_memory_bytes is null))
);
create unique index one_open_order_of_a_host on reclaim_progress (host) where open;

-- Hosts that were asked for and are not in the order.
create table reclaim_left_out (
    reclaim uuid not null references reclaim,
    host uuid not null references host,
    reason text not null check (reason ~ '^[A-Z][A-Z_]{1,62}$'),
    primary key (reclaim, host)
);
create trigger append_only before update or delete or truncate on reclaim_left_out
    for each statement execute function refuse_change();

-- A person has one duty in an order: whoever proposes, whoever consents for the unit, whoever approves and whoever
-- executes are pairwise different, whichever way it is tried.
create table reclaim_duty (
    reclaim uuid not null references reclaim,
    person uuid not null references person,
    duty text not null check (duty in ('PROPOSER', 'UNIT_OWNER', 'BUREAU_APPROVER', 'EXECUTOR')),
    primary key (reclaim, person),
    unique (reclaim, person, duty)
);
create trigger append_only before update or delete or truncate on reclaim_duty
    for each statement execute function refuse_change();

create table reclaim_step (
    reclaim uuid not null references reclaim,
    version int not null check (version > 0),
    at timestamptz not null,
    person uuid references person,
    duty text,
    command text not null check (command in
        ('PROPOSE', 'NOTICE', 'ANSWER', 'CONSENT', 'APPEAL', 'EXTEND', 'UPHOLD', 'APPROVE', 'REJECT', 'EXECUTE',
         'FINISH', 'FALL_SHORT', 'RETRY', 'GIVE_UP', 'CANCEL')),
    from_state text,
    to_state text not null,
    note text not null check (length(note) <= 500),
    primary key (reclaim, version),
    foreign key (reclaim, person, duty) references reclaim_duty (reclaim, person, duty),
    constraint the_first_proposes check ((command = 'PROPOSE') = (from_state is null)),
    constraint the_control_plane_itself check ((command in ('FINISH', 'FALL_SHORT')) = (person is null)),
    constraint the_duty_of_a_step check (duty is not distinct from
        case
            when command in ('PROPOSE', 'NOTICE', 'CANCEL') then 'PROPOSER'
            when command in ('ANSWER', 'CONSENT', 'APPEAL') then 'UNIT_OWNER'
            when command in ('EXTEND', 'UPHOLD', 'APPROVE', 'REJECT') then 'BUREAU_APPROVER'
            when command in ('EXECUTE', 'RETRY', 'GIVE_UP') then 'EXECUTOR'
        end)
);
create trigger append_only before update or delete or truncate on reclaim_step
    for each statement execute function refuse_change();

-- What was done because its owner is silent: once each.
create table reclaim_deadline (
    reclaim uuid not null references reclaim,
    step text not null check (step in ('REMIND', 'ESCALATE')),
    at timestamptz not null,
    primary key (reclaim, step)
);
create trigger append_only before update or delete or truncate on reclaim_deadline
    for each statement execute function refuse_change();
