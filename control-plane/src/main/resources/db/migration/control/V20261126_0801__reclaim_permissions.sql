-- The platform proposes and carries out, the unit's owner answers, the bureau decides: never the same person, which
-- the tables themselves see to.
insert into role_permission (role, permission) values
    ('PLATFORM_OPERATOR', 'RECLAIM_READ'),
    ('PLATFORM_OPERATOR', 'RECLAIM_PROPOSE'),
    ('PLATFORM_OPERATOR', 'RECLAIM_EXECUTE'),
    ('BUREAU', 'RECLAIM_READ'),
    ('BUREAU', 'RECLAIM_APPROVE'),
    ('UNIT_OWNER', 'RECLAIM_READ'),
    ('UNIT_OWNER', 'RECLAIM_CONSENT'),
    ('UNIT_STAFF', 'RECLAIM_READ');
