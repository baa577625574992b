-- Thresholds are data: each city brings its own, with the document they rest on.
create table ranking_policy (
    id text primary key check (id ~ '^[a-z0-9][a-z0-9.-]{0,62}$'),
    effective_from date not null unique,
    basis text not null check (length(basis) between 1 and 500),
    approved_by text not null check (length(approved_by) between 1 and 100),
    cpu_low numeric(5, 2) not null, cpu_high numeric(5, 2) not null,
    memory_low numeric(5, 2) not null, memory_high numeric(5, 2) not null,
    disk_low numeric(5, 2) not null, disk_high numeric(5, 2) not null,
    cpu_weight numeric(3, 2) not null check (cpu_weight >= 0),
    memory_weight numeric(3, 2) not null check (memory_weight >= 0),
    disk_weight numeric(3, 2) not null check (disk_weight >= 0),
    idle_weight numeric(3, 2) not null check (idle_weight >= 0),
    excess_slope numeric(5, 2) not null check (excess_slope >= 0), -- points lost for each percent above the band
    excess_floor numeric(5, 2) not null check (excess_floor between 0 and 100),
    grade_a numeric(5, 2) not null, grade_b numeric(5, 2) not null, grade_c numeric(5, 2) not null,
    valid_samples smallint not null check (valid_samples between 1 and 12),
    coverage numeric(5, 2) not null check (coverage between 0 and 100),
    confirmed_days smallint not null check (confirmed_days >= 0),
    least_hosts integer not null check (least_hosts >= 1),
    least_vcpu integer not null check (least_vcpu >= 1),
    idle_cpu numeric(5, 2) not null, idle_cpu_p95 numeric(5, 2) not null,
    idle_cpu_peak numeric(5, 2) not null, idle_memory numeric(5, 2) not null,
    check (0 < cpu_low and cpu_low <= cpu_high and cpu_high <= 100),
    check (0 < memory_low and memory_low <= memory_high and memory_high <= 100),
    check (0 < disk_low and disk_low <= disk_high and disk_high <= 100),
    check (cpu_weight + memory_weight + disk_weight + idle_weight = 1),
    check (grade_a > grade_b and grade_b > grade_c and grade_c > 0)
);

insert into ranking_policy values (
    'default-1', '2000-01-01', '缺省政策：高低分档取自山西省公开的利用率通报，评分方法为平台缺省', '平台缺省',
    30, 50, 40, 70, 40, 80,
    0.40, 0.30, 0.10, 0.20, 2, 60,
    80, 60, 40,
    9, 80, 14, 3, 8,
    5, 10, 30, 20
);

-- A month's result. Recomputing replaces version 1; a restatement will be version n + 1 beside what was.
create table ranking (
    month date not null check (extract(day from month) = 1),
    version integer not null check (version >= 1),
    policy text not null references ranking_policy,
    computed_at timestamptz not null,
    primary key (month, version)
);

create table ranking_row (
    month date not null,
    version integer not null,
    pool text not null, -- 'all': every pool together
    unit uuid not null,
    unit_code text not null,
    unit_name text not null,
    hosts integer not null,
    measured_hosts integer not null,
    excluded_hosts integer not null,
    vcpu bigint not null,
    coverage numeric(5, 2) not null check (coverage between 0 and 100),
    cpu numeric(6, 2),
    memory numeric(6, 2),
    disk numeric(6, 2),
    idle_share numeric(5, 4) check (idle_share between 0 and 1),
    cpu_p95 numeric(6, 2),
    score numeric(5, 2) check (score between 0 and 100),
    score_rank integer check (score_rank >= 1),
    cpu_rank integer check (cpu_rank >= 1),
    memory_rank integer check (memory_rank >= 1),
    reasons text[] not null,
    primary key (month, version, pool, unit),
    foreign key (month, version) references ranking on delete cascade,
    check (measured_hosts >= 0 and excluded_hosts >= 0 and measured_hosts + excluded_hosts <= hosts),
    -- ranked on every board with every figure, or on none with a reason
    check (case when cardinality(reasons) = 0
        then num_nulls(cpu, memory, disk, idle_share, cpu_p95, score, score_rank, cpu_rank, memory_rank) = 0
        else num_nonnulls(score, score_rank, cpu_rank, memory_rank) = 0 end)
);

create table ranking_total (
    month date not null,
    version integer not null,
    pool text not null,
    hosts integer not null,
    measured_hosts integer not null,
    excluded_hosts integer not null,
    vcpu bigint not null,
    cpu numeric(6, 2),
    memory numeric(6, 2),
    disk numeric(6, 2),
    idle_share numeric(5, 4),
    primary key (month, version, pool),
    foreign key (month, version) references ranking on delete cascade
);
