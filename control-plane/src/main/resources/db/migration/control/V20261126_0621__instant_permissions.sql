-- The bureau makes the rules for instant approval, and audits what has passed by them.
insert into role_permission (role, permission) values
    ('BUREAU', 'INSTANT_RULE_PROPOSE'),
    ('BUREAU', 'INSTANT_RULE_APPROVE'),
    ('BUREAU', 'INSTANT_AUDIT');
