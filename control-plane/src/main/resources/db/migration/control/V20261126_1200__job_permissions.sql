-- Who sees what runs by itself, and who may have it run now.
insert into role_permission (role, permission) values
    ('PLATFORM_OPERATOR', 'JOB_READ'),
    ('PLATFORM_OPERATOR', 'JOB_RUN'),
    ('BUREAU', 'JOB_READ');
