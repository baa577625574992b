-- Systems and units are moved, units dissolved and pools split by the bureau and the platform.
insert into role_permission (role, permission) values
    ('BUREAU', 'REORGANIZE'),
    ('PLATFORM_OPERATOR', 'REORGANIZE');
