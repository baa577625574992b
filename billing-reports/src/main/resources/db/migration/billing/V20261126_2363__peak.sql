-- The highest of a unit's hourly percentages. Null: not measured, or from before it was kept.
alter table ranking_row add column cpu_peak numeric(6, 2) check (cpu_peak >= cpu_p95);
