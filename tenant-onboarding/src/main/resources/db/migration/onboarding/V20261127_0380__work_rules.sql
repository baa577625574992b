-- What a bureau decides about the work of people: how long things may lie, how long hosts stay, from when on somebody is told. Each version is
-- proposed by one with the document that it rests on, approved by another before its day has come, and then never changes. The one that an
-- installation begins with is ours.
create table work_rules (
    id text primary key check (id ~ '^[a-z0-9][a-z0-9.-]{0,62}$'),
    effective_from date not null, -- the first day, in Asia/Shanghai, that it applies to
    basis text not null check (length(basis) between 1 and 500),
    state text not null check (state in ('PROPOSED', 'APPROVED', 'REJECTED')),
    proposed_by uuid references person,
    proposed_by_name text check (length(proposed_by_name) between 1 and 100),
    proposed_at timestamptz,
    approved_by text check (length(approved_by) between 1 and 100),
    decided_by uuid references person,
    decided_at timestamptz,
    -- Working days.
    deadline_remind_after smallint not null check (deadline_remind_after >= 1),
    deadline_escalate_after smallint not null check (deadline_escalate_after between deadline_remind_after + 1 and 250),
    deadline_warn_after integer[] not null,
    deadline_deem_after smallint not null check (deadline_deem_after between 1 and 250),
    deadline_deliver_within smallint not null check (deadline_deliver_within between 1 and 250),
    lock_days smallint not null check (lock_days between 1 and 365),
    experts_from_vcpu integer not null check (experts_from_vcpu between 0 and 1000000), -- 0: only where the reviewer wants it
    recycle_bin_days smallint not null check (recycle_bin_days between 0 and 365),
    trial_days smallint not null check (trial_days between 1 and 365),
    term_notices integer[] not null, -- days before an end
    retire_days smallint not null check (retire_days between 0 and 365),
    reclaim_remind_hours smallint not null check (reclaim_remind_hours between 0 and 1000),
    reclaim_answer_within smallint not null check (reclaim_answer_within between 1 and 250), -- working days
    evidence_days smallint not null check (evidence_days between 1 and 366),
    longest_delay smallint not null check (longest_delay between 1 and 1000), -- days
    p95_at_most smallint not null check (p95_at_most >= 1), -- percent of a smaller size
    peak_at_most smallint not null check (peak_at_most between p95_at_most and 100),
    check (1 <= all (deadline_warn_after) and deadline_deem_after > all (deadline_warn_after)
        and array_position(deadline_warn_after, null) is null),
    check (1 <= all (term_notices) and 365 >= all (term_notices) and array_position(term_notices, null) is null),
    constraint another_decides check (decided_by <> proposed_by),
    constraint approved_by_somebody check ((state = 'APPROVED') = (approved_by is not null)),
    constraint proposed_by_somebody check (id = 'default-1' or num_nulls(proposed_by, proposed_by_name, proposed_at) = 0),
    constraint decided_by_somebody check (
        id = 'default-1' or num_nulls(decided_by, decided_at) = case state when 'PROPOSED' then 2 else 0 end),
    constraint ahead_of_its_approval check (
        id = 'default-1' or state <> 'APPROVED' or effective_from > cast(decided_at at time zone 'Asia/Shanghai' as date))
);
create unique index work_rules_effective on work_rules (effective_from) where state = 'APPROVED';

insert into work_rules values (
    'default-1', '1970-01-01', '缺省规则：平台缺省，各地须以自己的文件取代', 'APPROVED', null, null, null, '平台缺省', null, null,
    1, 2, '{1,5,9}', 10, 10,
    30, 0,
    15, 30, '{30,7,1}', 15,
    48, 5, 7, 180, 60, 90
);

create function keep_work_rules() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.state <> 'PROPOSED'
        or to_jsonb(new) - array['state', 'approved_by', 'decided_by', 'decided_at']
            <> to_jsonb(old) - array['state', 'approved_by', 'decided_by', 'decided_at'] then
        raise exception 'work rules % stay as they are', old.id using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger keep_work_rules before update or delete on work_rules for each row execute function keep_work_rules();
