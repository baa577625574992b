-- Who acts in which part of the workflow. The bureau decides finally, the platform reviews and delivers.

insert into role (code) values ('EXPERT');

delete from role_permission where permission in
    ('APPLICATION_APPROVE', 'APPLICATION_WITHDRAW', 'APPLICATION_CONFIRM');

insert into role_permission (role, permission)
select code, 'APPLICATION_DECIDE' from role;

insert into role_permission (role, permission) values
    ('UNIT_OWNER', 'APPLICATION_ENDORSE'),
    ('PLATFORM_OPERATOR', 'APPLICATION_REVIEW'),
    ('PLATFORM_OPERATOR', 'APPLICATION_EXECUTE'),
    ('BUREAU', 'APPLICATION_APPROVE'),
    ('EXPERT', 'APPLICATION_ADVISE'),
    ('EXPERT', 'APPLICATION_READ'),
    ('EXPERT', 'REGISTER_READ'),
    ('EXPERT', 'POOL_READ'),
    ('EXPERT', 'OUTLOOK_READ');
