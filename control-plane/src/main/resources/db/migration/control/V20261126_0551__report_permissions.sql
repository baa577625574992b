-- Whoever runs the platform prepares, and the bureau answers for it: never the same person, which the tables themselves see to.
insert into role_permission (role, permission) values
    ('BUREAU', 'RANKING_FREEZE'),
    ('BUREAU', 'RANKING_RESTATE'),
    ('BUREAU', 'RANKING_RESTATE_APPROVE'),
    ('BUREAU', 'POLICY_PROPOSE'),
    ('BUREAU', 'POLICY_APPROVE'),
    ('BUREAU', 'EXEMPTION_READ'),
    ('BUREAU', 'EXEMPTION_APPLY'),
    ('BUREAU', 'EXEMPTION_APPROVE'),
    ('PLATFORM_OPERATOR', 'RANKING_RESTATE'),
    ('PLATFORM_OPERATOR', 'POLICY_PROPOSE'),
    ('PLATFORM_OPERATOR', 'EXEMPTION_READ'),
    ('PLATFORM_OPERATOR', 'EXEMPTION_APPLY'),
    ('UNIT_OWNER', 'EXEMPTION_READ'),
    ('UNIT_OWNER', 'EXEMPTION_APPLY'),
    ('UNIT_STAFF', 'EXEMPTION_READ');
