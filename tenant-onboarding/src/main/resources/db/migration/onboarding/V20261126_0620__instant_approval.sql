-- Instant approval: versions of the rules, what they decided and on which evidence, and the audit of it.

create table instant_rule (
    id uuid primary key, -- the caller's
    number integer not null unique check (number > 0),
    limit_vcpu integer not null check (limit_vcpu between 0 and 1000000),
    limit_memory_gib integer not null check (limit_memory_gib between 0 and 1000000),
    limit_storage_gib integer not null check (limit_storage_gib between 0 and 1000000),
    audit_percent smallint not null check (audit_percent between 0 and 100),
    audit_salt bytea not null check (octet_length(audit_salt) = 32), -- told to nobody
    effective_from timestamptz not null,
    basis text not null check (length(basis) between 1 and 200), -- the document that it stands on
    author uuid not null references person,
    proposed_at timestamptz not null,
    digest text not null, -- of the content: the same id with other content is refused
    unique (id, author)
);
create trigger append_only before update or delete or truncate on instant_rule
    for each statement execute function refuse_change();

create table instant_predicate (
    rule uuid not null references instant_rule,
    position smallint not null check (position between 0 and 29),
    name text not null check (name ~ '^[a-z][a-z0-9_]{0,39}$'),
    expression text not null check (length(expression) between 1 and 1000),
    primary key (rule, position),
    unique (rule, name)
);
create trigger append_only before update or delete or truncate on instant_predicate
    for each statement execute function refuse_change();

-- In force is the one that began last; none, before the first.
create table instant_rule_approval (
    rule uuid primary key,
    author uuid not null,
    approver uuid not null references person,
    at timestamptz not null,
    in_force_from timestamptz not null unique,
    tried integer not null check (tried >= 0), -- on how many applications, when it was approved
    passing integer not null check (passing between 0 and tried),
    foreign key (rule, author) references instant_rule (id, author),
    constraint another_approves check (approver <> author),
    check (in_force_from >= at)
);
create trigger append_only before update or delete or truncate on instant_rule_approval
    for each statement execute function refuse_change();

create table instant_check (
    application uuid not null references application,
    revision smallint not null check (revision > 0),
    at timestamptz not null,
    rule uuid references instant_rule, -- none was in force
    passed boolean not null,
    sampled boolean not null,
    unit uuid not null references unit,
    system uuid not null references system,
    vcpu bigint not null check (vcpu >= 0),
    memory_gib bigint not null check (memory_gib >= 0),
    storage_gib bigint not null check (storage_gib >= 0),
    facts jsonb not null check (jsonb_typeof(facts) = 'array'), -- of each: name, value, as of when
    primary key (application, revision),
    constraint passed_by_a_rule check (not passed or rule is not null),
    constraint sampled_of_what_passed check (not sampled or passed)
);
create index instant_check_granted on instant_check (system, at) where passed;
create index instant_check_sampled on instant_check (at desc, application) where sampled;
create index instant_check_latest on instant_check (at desc);
create trigger append_only before update or delete or truncate on instant_check
    for each statement execute function refuse_change();

create table instant_finding (
    application uuid not null,
    revision smallint not null,
    position smallint not null check (position >= 0),
    name text not null,
    expression text not null,
    value text not null check (value in ('HOLDS', 'HOLDS_NOT', 'UNDETERMINED')),
    why text not null check (length(why) <= 500),
    primary key (application, revision, position),
    foreign key (application, revision) references instant_check
);
create trigger append_only before update or delete or truncate on instant_finding
    for each statement execute function refuse_change();

-- What came of looking again at a pass. A failed one suspends the unit until somebody else lifts it.
create table instant_audit (
    application uuid not null,
    revision smallint not null,
    auditor uuid not null references person,
    at timestamptz not null,
    passed boolean not null,
    reason text not null check (length(reason) between 1 and 2000),
    primary key (application, revision),
    unique (application, revision, auditor, passed),
    foreign key (application, revision) references instant_check
);
create trigger append_only before update or delete or truncate on instant_audit
    for each statement execute function refuse_change();

create table instant_lift (
    application uuid not null,
    revision smallint not null,
    auditor uuid not null,
    passed boolean not null default false check (not passed),
    person uuid not null references person,
    at timestamptz not null,
    reason text not null check (length(reason) between 1 and 2000),
    primary key (application, revision),
    foreign key (application, revision, auditor, passed)
        references instant_audit (application, revision, auditor, passed),
    constraint another_lifts check (person <> auditor)
);
create trigger append_only before update or delete or truncate on instant_lift
    for each statement execute function refuse_change();

-- When nothing is to change without a human: a congress, the days round a festival.
create table protection_period (
    id uuid primary key, -- the caller's
    name text not null check (length(name) between 1 and 100),
    from_at timestamptz not null,
    until_at timestamptz not null,
    basis text not null check (length(basis) between 1 and 200),
    declared_by uuid not null references person,
    declared_at timestamptz not null,
    check (from_at < until_at and until_at <= from_at + interval '366 days')
);
create trigger append_only before update or delete or truncate on protection_period
    for each statement execute function refuse_change();
