-- A signature is a step that bears a duty, by who was asked or on his behalf; it is looked for when the transaction
-- ends, for the two are written one after the other. Those that were given before stay as they are.

create function refuse_signature_without_a_step() returns trigger language plpgsql as $$
begin
    if not exists (
        select from application_step t
        where t.application = new.application and t.revision = new.revision and t.from_state = new.state
          and t.command = 'SIGN' and t.person = new.signed_by
          and coalesce(t.on_behalf_of, t.person) = new.person) then
        raise exception 'a_signature_is_a_step: nobody has signed so'
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger a_signature_is_a_step after insert or update on application_cosigner
    deferrable initially deferred
    for each row when (new.signed_at is not null) execute function refuse_signature_without_a_step();

-- Whoever looks at a pass again has no duty in its application.
create function refuse_auditor_with_a_duty() returns trigger language plpgsql as $$
begin
    if exists (select from application_duty d
               where d.application = new.application and d.person = new.auditor) then
        raise exception 'an_auditor_has_no_duty: he has one in the application that he audits'
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger an_auditor_has_no_duty before insert on instant_audit
    for each row execute function refuse_auditor_with_a_duty();
