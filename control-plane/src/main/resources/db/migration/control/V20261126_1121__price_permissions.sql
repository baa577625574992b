-- Prices are for everybody who is asked to pay; whoever runs the platform may prepare them, and the bureau answers for them.
insert into role_permission (role, permission)
select code, 'PRICE_READ' from role where code in ('UNIT_STAFF', 'UNIT_OWNER', 'PLATFORM_OPERATOR', 'BUREAU');
insert into role_permission (role, permission) values
    ('PLATFORM_OPERATOR', 'PRICE_PROPOSE'),
    ('BUREAU', 'PRICE_PROPOSE'),
    ('BUREAU', 'PRICE_APPROVE');
