-- A month may be computed as often as anybody likes: each time is a run beside the others, and none is ever changed. What is
-- published is a report: version 1 when the month is frozen, and n + 1 for each restatement.

create function refuse_change_of_figures() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

alter table ranking rename column version to run;
alter table ranking_row rename column version to run;
alter table ranking_total rename column version to run;

alter table ranking
    add column exempted_as_of timestamptz; -- exemptions count as they stood then; null: there were none yet

-- Points: what each part of the score gives of it, four decimals. Null: not ranked, or from before they were kept.
alter table ranking_row
    add column region text,
    add column cpu_points numeric(7, 4),
    add column memory_points numeric(7, 4),
    add column disk_points numeric(7, 4),
    add column idle_points numeric(7, 4),
    add check (num_nulls(cpu_points, memory_points, disk_points, idle_points) in (0, 4)),
    add check (cpu_points is null or score is not null);

-- Who had a host, in what pool, and what of it counts: sums over its valid hours, nothing divided. All figures are made of these.
create table ranking_host (
    month date not null,
    run integer not null,
    host uuid not null,
    host_name text not null,
    unit uuid not null,
    unit_code text not null,
    unit_name text not null,
    region text not null,
    system uuid not null,
    system_code text not null,
    system_name text not null,
    pool text not null,
    held tstzrange not null,
    vcpu integer not null,
    exclusion text check (exclusion in (
        'NOT_CONFIRMED', 'RECENTLY_CONFIRMED', 'DISASTER_RECOVERY', 'PROTECTION', 'SEASONAL', 'LICENCE')),
    measured boolean not null,
    idle boolean not null,
    hours integer not null check (hours >= 0),
    valid_hours integer not null check (valid_hours between 0 and hours),
    vcpu_hours numeric not null,
    valid_vcpu_hours numeric not null,
    cpu numeric not null, cpu_of numeric not null, -- processor time in ms: used, and what there was
    memory numeric not null, memory_of numeric not null, memory_due numeric not null, -- byte seconds
    disk numeric not null, disk_of numeric not null, disk_due numeric not null,
    primary key (month, run, host, unit, system, pool),
    foreign key (month, run) references ranking,
    check (exclusion is null or not measured)
);
create index ranking_host_of_unit on ranking_host (month, run, unit);

create table ranking_system (
    month date not null,
    run integer not null,
    pool text not null,
    system uuid not null,
    system_code text not null,
    system_name text not null,
    unit uuid not null, -- the last one that had it in the month
    unit_name text not null,
    hosts integer not null,
    measured_hosts integer not null,
    vcpu bigint not null,
    coverage numeric(5, 2) not null,
    cpu numeric(6, 2), -- null: too little was measured
    memory numeric(6, 2),
    disk numeric(6, 2),
    primary key (month, run, pool, system),
    foreign key (month, run) references ranking
);

create table ranking_city (
    month date not null,
    run integer not null,
    pool text not null,
    city text not null, -- GB/T 2260
    hosts integer not null,
    vcpu bigint not null,
    systems integer not null,
    units integer not null,
    cpu numeric(6, 2),
    memory numeric(6, 2),
    disk numeric(6, 2),
    overall numeric(6, 2), -- null: too little was measured
    overall_rank integer,
    systems_rank integer not null,
    units_rank integer not null,
    primary key (month, run, pool, city),
    foreign key (month, run) references ranking,
    check ((overall is null) = (overall_rank is null))
);

create trigger append_only before update or delete or truncate on ranking
    for each statement execute function refuse_change_of_figures();
create trigger append_only before update or delete or truncate on ranking_row
    for each statement execute function refuse_change_of_figures();
create trigger append_only before update or delete or truncate on ranking_total
    for each statement execute function refuse_change_of_figures();
create trigger append_only before update or delete or truncate on ranking_host
    for each statement execute function refuse_change_of_figures();
create trigger append_only before update or delete or truncate on ranking_system
    for each statement execute function refuse_change_of_figures();
create trigger append_only before update or delete or truncate on ranking_city
    for each statement execute function refuse_change_of_figures();

-- Whose hours stay as they are. What is measured of such a month afterwards stands aside, until a restatement takes it in.
create table frozen_month (
    month date primary key check (extract(day from month) = 1)
);
create trigger append_only before update or delete or truncate on frozen_month
    for each statement execute function refuse_change_of_figures();

create table usage_late (
    like usage_hour,
    primary key (host, hour)
);

-- What a restatement replaced: the hours that versions up to this one rest on. No samples: there was no such row.
create table usage_superseded (
    month date not null,
    version integer not null,
    host uuid not null,
    hour timestamptz not null,
    cpu_time_ms bigint,
    memory_byte_seconds bigint,
    disk_byte_seconds bigint,
    cpu_peak_millis integer,
    samples smallint,
    quarantined smallint,
    cpu_samples smallint[],
    memory_samples smallint[],
    primary key (month, version, host, hour)
);
create trigger append_only before update or delete or truncate on usage_superseded
    for each statement execute function refuse_change_of_figures();

-- Asked for by one and decided by another; one at a time for a month.
create table restatement (
    id uuid primary key,
    month date not null references frozen_month,
    reason text not null check (length(reason) between 1 and 1000),
    author uuid not null,
    author_name text not null check (length(author_name) between 1 and 100),
    requested_at timestamptz not null,
    state text not null default 'REQUESTED' check (state in ('REQUESTED', 'APPROVED', 'REJECTED')),
    decided_by uuid,
    decided_by_name text check (length(decided_by_name) between 1 and 100),
    decided_at timestamptz,
    check (decided_by <> author),
    check (case when state = 'REQUESTED' then num_nonnulls(decided_by, decided_by_name, decided_at) = 0
        else num_nulls(decided_by, decided_by_name, decided_at) = 0 end)
);
create unique index restatement_open on restatement (month) where state = 'REQUESTED';

-- What was published of a month: the document byte by byte, its digests (SM3, hex) and its signature (SM2).
create table report (
    month date not null references frozen_month,
    version integer not null check (version >= 1),
    run integer not null,
    frozen_at timestamptz not null,
    policy text not null references ranking_policy,
    input_digest text not null check (input_digest ~ '^[0-9a-f]{64}$'),
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    document bytea not null,
    public_key bytea not null, -- SubjectPublicKeyInfo
    signature bytea not null,
    restatement uuid unique references restatement,
    reason text,
    author uuid,
    author_name text,
    approver uuid,
    approver_name text,
    primary key (month, version),
    foreign key (month, run) references ranking,
    check (author <> approver),
    check (num_nonnulls(restatement, reason, author, author_name, approver, approver_name)
        = case version when 1 then 0 else 6 end)
);
create trigger append_only before update or delete or truncate on report
    for each statement execute function refuse_change_of_figures();

-- What was allocated when a month ended, as it was published: the next month is counted on from there.
create table closing_balance (
    month date not null,
    version integer not null,
    pool text not null,
    measure text not null check (measure in ('VCPU', 'MEMORY', 'DISK')),
    amount bigint not null check (amount >= 0),
    primary key (month, version, pool, measure),
    foreign key (month, version) references report
);
create trigger append_only before update or delete or truncate on closing_balance
    for each statement execute function refuse_change_of_figures();

-- Hosts that are not measured against others: why, until when, asked for by one and approved by another. Days of Asia/Shanghai.
create table exemption (
    id uuid primary key,
    host uuid not null,
    host_name text not null check (length(host_name) between 1 and 253),
    unit uuid not null,
    kind text not null check (kind in ('DISASTER_RECOVERY', 'PROTECTION', 'SEASONAL', 'LICENCE')),
    reason text not null check (length(reason) between 1 and 1000),
    from_day date not null,
    until_day date not null, -- the last day
    applicant uuid not null,
    applicant_name text not null check (length(applicant_name) between 1 and 100),
    applied_at timestamptz not null,
    state text not null default 'APPLIED' check (state in ('APPLIED', 'APPROVED', 'REJECTED')),
    decided_by uuid,
    decided_by_name text check (length(decided_by_name) between 1 and 100),
    decided_at timestamptz,
    check (until_day between from_day and from_day + 366),
    check (decided_by <> applicant),
    check (case when state = 'APPLIED' then num_nonnulls(decided_by, decided_by_name, decided_at) = 0
        else num_nulls(decided_by, decided_by_name, decided_at) = 0 end)
);
create index exemption_of_host on exemption (host);
create index exemption_of_unit on exemption (unit, applied_at);

-- A policy is proposed by one and approved by another, and then never changes. The one that an installation begins with is ours.
alter table ranking_policy
    add column state text not null default 'APPROVED' check (state in ('PROPOSED', 'APPROVED', 'REJECTED')),
    add column proposed_by uuid,
    add column proposed_by_name text check (length(proposed_by_name) between 1 and 100),
    add column proposed_at timestamptz,
    add column decided_by uuid,
    add column decided_at timestamptz,
    alter column approved_by drop not null,
    drop constraint ranking_policy_effective_from_key,
    add check (decided_by <> proposed_by),
    add check ((state = 'APPROVED') = (approved_by is not null)),
    add check (id = 'default-1' or num_nulls(proposed_by, proposed_by_name, proposed_at) = 0),
    add check (id = 'default-1' or (state = 'PROPOSED') = (decided_by is null and decided_at is null)),
    add check ((decided_by is null) = (decided_at is null));
create unique index ranking_policy_effective on ranking_policy (effective_from) where state = 'APPROVED';

create function keep_policy() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.state <> 'PROPOSED'
        or to_jsonb(new) - array['state', 'approved_by', 'decided_by', 'decided_at']
            <> to_jsonb(old) - array['state', 'approved_by', 'decided_by', 'decided_at'] then
        raise exception 'policy % stays as it is', old.id using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger keep_policy before update or delete on ranking_policy for each row execute function keep_policy();

-- What was decided stays decided.
create function keep_decision() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or (to_jsonb(old) ->> 'decided_by') is not null
        or to_jsonb(new) - array['state', 'decided_by', 'decided_by_name', 'decided_at']
            <> to_jsonb(old) - array['state', 'decided_by', 'decided_by_name', 'decided_at'] then
        raise exception '% % stays as it is', tg_table_name, old.id using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger keep_decision before update or delete on restatement for each row execute function keep_decision();
create trigger keep_decision before update or delete on exemption for each row execute function keep_decision();

-- An exempt host is left as it is: nothing else is said of it.
alter table host_verdict drop constraint host_verdict_verdicts_check;
alter table host_verdict add constraint host_verdict_verdicts_check check (
    cardinality(verdicts) >= 1
    and verdicts <@ array['INSUFFICIENT_DATA', 'IDLE_STOPPED', 'IDLE', 'SHRINK_CPU', 'SHRINK_MEMORY', 'GROW', 'FIT', 'EXEMPT']);
