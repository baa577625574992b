-- Where people are enough, reviewing and carrying out are roles of different people: the first looks and says what it
-- thinks, the second does what was approved and approves nothing. PLATFORM_OPERATOR is both, for where they are not.
insert into role (code) values ('PLATFORM_REVIEWER'), ('PLATFORM_EXECUTOR');

insert into role_permission (role, permission)
select 'PLATFORM_REVIEWER', permission from role_permission
where role = 'PLATFORM_OPERATOR'
    and (permission like '%\_READ'
        or permission in ('APPLICATION_DECIDE', 'APPLICATION_REVIEW', 'TEMPLATE_EDIT', 'RECLAIM_PROPOSE', 'EXEMPTION_APPLY'));

insert into role_permission (role, permission)
select 'PLATFORM_EXECUTOR', permission from role_permission
where role = 'PLATFORM_OPERATOR' and permission not in ('APPLICATION_REVIEW', 'RECLAIM_PROPOSE');
