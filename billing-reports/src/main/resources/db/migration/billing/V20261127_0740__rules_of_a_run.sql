-- By which rules of ours a run was made, as a report names them. Runs from before say 2, as reports that name none are read, but for
-- those that were published since they are named.
alter table ranking add column rules smallint not null default 2 check (rules >= 1);
alter table ranking alter column rules drop default;
alter table ranking disable trigger append_only;
update ranking m set rules = p.rules
from (select month, run, (regexp_match(convert_from(document, 'UTF8'), '^report\t[^\n]*\trules=([0-9]+)'))[1]::smallint as rules
    from report) p
where (p.month, p.run) = (m.month, m.run) and p.rules is not null;
alter table ranking enable trigger append_only;
