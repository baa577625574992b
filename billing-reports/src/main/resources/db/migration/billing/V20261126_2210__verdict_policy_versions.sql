-- Versions of what hosts are judged by come to be as those of the ranking's policy do: proposed by one, approved by another, and then
-- never changed. The one that an installation begins with is ours.
alter table verdict_policy
    add column state text not null default 'APPROVED' check (state in ('PROPOSED', 'APPROVED', 'REJECTED')),
    add column proposed_by uuid,
    add column proposed_by_name text check (length(proposed_by_name) between 1 and 100),
    add column proposed_at timestamptz,
    add column decided_by uuid,
    add column decided_at timestamptz,
    alter column approved_by drop not null,
    drop constraint verdict_policy_effective_from_key,
    add check (decided_by <> proposed_by),
    add check ((state = 'APPROVED') = (approved_by is not null)),
    add check (id = 'default-1' or num_nulls(proposed_by, proposed_by_name, proposed_at) = 0),
    add check (id = 'default-1' or (state = 'PROPOSED') = (decided_by is null and decided_at is null)),
    add check ((decided_by is null) = (decided_at is null)),
    add check (0 <= least(idle_cpu, idle_cpu_p95, idle_cpu_peak, idle_memory, shrink_cpu, shrink_cpu_p95, shrink_cpu_peak,
            shrink_memory_p95, grow_cpu_p95, grow_memory_p95, grow_disk)
        and greatest(idle_cpu, idle_cpu_p95, idle_cpu_peak, idle_memory, shrink_cpu, shrink_cpu_p95, shrink_cpu_peak,
            shrink_memory_p95, grow_cpu_p95, grow_memory_p95, grow_disk) <= 100);
create unique index verdict_policy_effective on verdict_policy (effective_from) where state = 'APPROVED';
create trigger keep_policy before update or delete on verdict_policy for each row execute function keep_policy();
