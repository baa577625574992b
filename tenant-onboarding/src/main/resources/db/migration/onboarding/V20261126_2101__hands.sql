-- Whose hands an application goes through: duties apart in drafts and in handing on, who was named
-- when and by whose hand he has answered, and what each step has cut.

alter table application
    -- the version by which it came to its present state
    add column entered_version int not null default 1 check (entered_version > 0);
update application a set entered_version = coalesce(
    (select max(t.version) from application_step t
     where t.application = a.id and t.from_state is distinct from t.to_state), 1);

-- Whoever took as it was what had come in part was delivered just that.
update application set delivered_at = entered_at where state = 'CLOSED' and delivered_at is null;

-- What was done about an application is now kept by the version by which it came to where it is.
insert into application_deadline (application, version, step, days, at)
select d.application, a.entered_version, d.step, d.days, min(d.at)
from application_deadline d join application a on a.id = d.application
where d.version > a.entered_version
group by d.application, a.entered_version, d.step, d.days
on conflict do nothing;

-- By which step each was asked, and by whose hand he has signed; none: before that was kept.
alter table application_cosigner
    add column asked_version int check (asked_version > 0),
    add column asked_at timestamptz,
    add column signed_by uuid references person,
    add constraint signed_by_a_hand check (signed_by is null or signed_at is not null);
alter table application_expert
    add column asked_version int check (asked_version > 0),
    add column asked_at timestamptz;

-- What a step has cut, an array of position, count, processors, memory and storage for each item, and
-- where it would have it go.
alter table application_step
    add column cuts jsonb check (jsonb_typeof(cuts) = 'array' and jsonb_array_length(cuts) between 1 and 50),
    add column cluster text references cluster,
    drop constraint application_step_command_check,
    drop constraint the_duty_of_a_step,
    drop constraint another_person_is_named;
alter table application_step
    add constraint application_step_command_check check (command in
        ('SUBMIT', 'APPROVE', 'PASS', 'TO_HUMAN', 'REFER', 'OPINE', 'CONCLUDE', 'RETURN', 'REJECT',
         'TRANSFER', 'CO_SIGN', 'RELEASE', 'SIGN', 'WITHDRAW', 'EXPIRE', 'DELIVER', 'OBSERVE', 'FAIL',
         'RETRY', 'CANCEL', 'CONFIRM', 'DEEM')),
    add constraint another_person_is_named check (
        (command in ('TRANSFER', 'CO_SIGN', 'RELEASE')) = (other is not null)),
    add constraint who_decides_says_how_much check (
        command in ('APPROVE', 'REFER') or cuts is null and cluster is null),
    -- Whoever hands it on takes part in the decision. Not asked of what was handed on before.
    add constraint the_duty_of_a_step check (duty is not distinct from
        case
            when command in ('SUBMIT', 'WITHDRAW') then 'SUBMITTER'
            when command = 'REFER' then 'REVIEWER'
            when command = 'OPINE' then 'EXPERT'
            when command in ('RETRY', 'CANCEL') then 'EXECUTOR'
            when command in ('APPROVE', 'RETURN', 'REJECT', 'SIGN', 'TRANSFER', 'CO_SIGN', 'RELEASE') then
                case from_state
                    when 'DEPT_REVIEW' then 'UNIT_APPROVER'
                    when 'BUREAU_APPROVAL' then 'BUREAU_APPROVER'
                    else 'REVIEWER'
                end
        end) not valid;

-- Whoever has written in a draft submits it, too. So nobody writes in one who has another duty in its
-- application, and nobody takes another duty who has.
create function refuse_another_duty() returns trigger language plpgsql as $$
begin
    if exists (select from application_duty d
               where d.application = case tg_table_name
                         when 'application_draft' then (to_jsonb(new) ->> 'id')::uuid
                         else (to_jsonb(new) ->> 'draft')::uuid end
                 and d.person = case tg_table_name
                         when 'application_draft' then (to_jsonb(new) ->> 'saved_by')::uuid
                         else (to_jsonb(new) ->> 'person')::uuid end
                 and d.duty <> 'SUBMITTER') then
        raise exception 'whoever has another duty in an application writes in no draft of it'
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger duties_apart before insert or update on application_draft
    for each row execute function refuse_another_duty();
create trigger duties_apart before insert or update on application_draft_editor
    for each row execute function refuse_another_duty();

create function refuse_duty_of_an_editor() returns trigger language plpgsql as $$
begin
    if exists (select from application_draft_editor e
               where e.draft = new.application and e.person = new.person) then
        raise exception 'whoever has written in the draft of an application has no other duty in it'
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger no_editor before insert on application_duty
    for each row when (new.duty <> 'SUBMITTER') execute function refuse_duty_of_an_editor();
