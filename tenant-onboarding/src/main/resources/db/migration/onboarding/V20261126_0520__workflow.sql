-- The whole workflow of an application: reviews by the unit, the platform, experts and the bureau;
-- revisions, co-signers, delegations; what was asked for and what was approved kept apart.

alter table application_step disable trigger append_only;
alter table application_duty disable trigger append_only;

alter table application drop constraint application_state_check;
alter table application add constraint application_state_check check (state in
    ('DEPT_REVIEW', 'PRECHECK', 'TECH_REVIEW', 'EXPERT_REVIEW', 'BUREAU_APPROVAL',
     'AUTO_APPROVED', 'APPROVED', 'DELIVERING', 'PARTIAL', 'DELIVERED', 'CLOSED',
     'RETURNED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'));
alter table application
    add column revision smallint not null default 1 check (revision between 1 and 100),
    -- the pending transfer that holds its quota, or the last that did
    add column lock uuid,
    add column wanted_cluster text references cluster, -- whoever reviewed it said so
    add column assignee uuid references person, -- nobody else decides about it in this state
    add column quorum smallint check (quorum between 1 and 15),
    add column submitted_by uuid references person,
    add column entered_at timestamptz, -- its present state
    add column decided_by uuid references person,
    add column decided_at timestamptz,
    add column delivered_at timestamptz;
update application a set
    lock = a.id,
    submitted_by = (select t.person from application_step t where t.application = a.id and t.version = 1),
    entered_at = (select max(t.at) from application_step t where t.application = a.id),
    decided_by = (select t.person from application_step t
                  where t.application = a.id and t.command in ('APPROVE', 'REJECT')),
    decided_at = (select t.at from application_step t
                  where t.application = a.id and t.command in ('APPROVE', 'REJECT')),
    delivered_at = (select t.at from application_step t
                    where t.application = a.id and t.command = 'OBSERVE');
alter table application
    alter column lock set not null,
    alter column submitted_by set not null,
    alter column entered_at set not null;
create unique index application_lock on application (lock);
drop index application_open;
create index application_open on application (state, entered_at) where state not in
    ('CLOSED', 'REJECTED', 'WITHDRAWN', 'EXPIRED');
create index application_latest on application (submitted_at desc, id);
create index application_by on application (submitted_by, submitted_at desc);

-- Each revision has its own items. What was approved stands beside what was asked for, and is never
-- more; no item at all where approved_count is 0.
alter table application_item add column revision smallint not null default 1;
alter table application_item drop constraint application_item_pkey;
alter table application_item add primary key (application, revision, position);
alter table application_item
    add column approved_count smallint check (approved_count between 0 and count),
    add column approved_vcpu int check (approved_vcpu between 1 and vcpu),
    add column approved_memory_gib int check (approved_memory_gib between 1 and memory_gib),
    add column approved_storage_gib int check (approved_storage_gib between 0 and storage_gib),
    add constraint approved_as_a_whole check (
        num_nulls(approved_count, approved_vcpu, approved_memory_gib, approved_storage_gib) in (0, 4));

-- Whoever decided until now did what the platform's reviewer does.
alter table application_step drop constraint application_step_application_person_duty_fkey;
alter table application_duty drop constraint application_duty_duty_check;
alter table application_step drop constraint application_step_check;
alter table application_step drop constraint application_step_check1;
alter table application_step drop constraint the_control_plane_itself;
alter table application_step drop constraint application_step_command_check;
update application_duty set duty = 'REVIEWER' where duty = 'APPROVER';
update application_step set duty = 'REVIEWER' where duty = 'APPROVER';
alter table application_duty add constraint application_duty_duty_check check (duty in
    ('SUBMITTER', 'UNIT_APPROVER', 'REVIEWER', 'EXPERT', 'BUREAU_APPROVER', 'EXECUTOR'));

-- A person acts for another for a while, in one part of the workflow.
create table delegation (
    id uuid primary key,
    from_person uuid not null references person,
    to_person uuid not null references person,
    part text not null check (part in ('UNIT_OWNER', 'REVIEWER', 'EXPERT', 'BUREAU', 'OPERATOR')),
    from_at timestamptz not null,
    until_at timestamptz not null,
    reason text not null check (length(reason) between 1 and 500),
    created_at timestamptz not null,
    revoked_at timestamptz,
    check (from_person <> to_person),
    check (from_at < until_at and until_at <= from_at + interval '366 days')
);
create index delegation_to on delegation (to_person, until_at);
create index delegation_from on delegation (from_person, until_at);

alter table application_step
    add column revision smallint not null default 1,
    add column on_behalf_of uuid references person,
    add column delegation uuid references delegation,
    add column other uuid references person, -- whom it was handed to, or who is asked to sign
    add column opinion text check (opinion in ('FAVOURABLE', 'UNFAVOURABLE')),
    add constraint application_step_duty foreign key (application, person, duty)
        references application_duty (application, person, duty),
    -- Whoever is acted for has that duty too: nobody sends another to approve what he submitted.
    add constraint application_step_on_behalf foreign key (application, on_behalf_of, duty)
        references application_duty (application, person, duty),
    add constraint a_delegation_names_both check ((on_behalf_of is null) = (delegation is null)),
    add constraint application_step_command_check check (command in
        ('SUBMIT', 'APPROVE', 'PASS', 'TO_HUMAN', 'REFER', 'OPINE', 'CONCLUDE', 'RETURN', 'REJECT',
         'TRANSFER', 'CO_SIGN', 'SIGN', 'WITHDRAW', 'EXPIRE', 'DELIVER', 'OBSERVE', 'FAIL', 'RETRY',
         'CANCEL', 'CONFIRM', 'DEEM')),
    add constraint the_control_plane_itself check (
        (command in ('PASS', 'TO_HUMAN', 'CONCLUDE', 'EXPIRE', 'DELIVER', 'OBSERVE', 'FAIL', 'DEEM'))
        = (person is null)),
    add constraint the_duty_of_a_step check (duty is not distinct from
        case
            when command in ('SUBMIT', 'WITHDRAW') then 'SUBMITTER'
            when command = 'REFER' then 'REVIEWER'
            when command = 'OPINE' then 'EXPERT'
            when command in ('RETRY', 'CANCEL') then 'EXECUTOR'
            when command in ('APPROVE', 'RETURN', 'REJECT', 'SIGN') then
                case from_state
                    when 'DEPT_REVIEW' then 'UNIT_APPROVER'
                    when 'BUREAU_APPROVAL' then 'BUREAU_APPROVER'
                    else 'REVIEWER'
                end
        end),
    add constraint an_opinion_is_what_an_expert_gives check ((command = 'OPINE') = (opinion is not null)),
    add constraint another_person_is_named check (
        (command in ('TRANSFER', 'CO_SIGN')) = (other is not null));

alter table application_step enable trigger append_only;
alter table application_duty enable trigger append_only;

-- Who was asked to sign beside whoever decides; a state is left only when all of them have.
create table application_cosigner (
    application uuid not null references application,
    revision smallint not null,
    state text not null,
    person uuid not null references person,
    signed_at timestamptz,
    primary key (application, revision, state, person)
);

-- Who was asked for an opinion.
create table application_expert (
    application uuid not null references application,
    revision smallint not null,
    person uuid not null references person,
    primary key (application, revision, person)
);

-- What somebody is writing; whatever he has typed, right or wrong. It becomes an application of the
-- same id, and whoever has edited it has the duty of whoever submits.
create table application_draft (
    id uuid primary key,
    version int not null check (version > 0),
    unit uuid not null references unit,
    content jsonb not null check (octet_length(content::text) <= 262144),
    saved_by uuid not null references person,
    saved_at timestamptz not null
);
create index application_draft_of_unit on application_draft (unit, saved_at desc);
create table application_draft_editor (
    draft uuid not null references application_draft on delete cascade,
    person uuid not null references person,
    primary key (draft, person)
);

-- What did not come up is given up with the application's consent: nobody has used it, so it needs no
-- recycle bin and no second person.
alter table host add column given_up boolean not null default false;
alter table host drop constraint recycled_by_somebody;
alter table host drop constraint destroyed_by_another;
alter table host add constraint recycled_by_somebody check
    (((life in ('RECYCLE_BIN', 'DESTROYING', 'DESTROYED')) and not given_up) = (recycled_at is not null)
     and (recycled_at is null) = (recycled_by is null));
alter table host add constraint destroyed_by_another check
    (((life in ('DESTROYING', 'DESTROYED')) and not given_up) = (destroyed_by is not null)
     and destroyed_by <> recycled_by);
alter table host_step drop constraint host_step_check;
alter table host_step add constraint host_step_check check
    ((command in ('DELIVER', 'SETTLE_IN_USE', 'SETTLE_ON_TRIAL', 'SETTLE_STOPPED', 'GIVE_UP', 'VANISH'))
     = (person is null) or command = 'CONFIRM');
