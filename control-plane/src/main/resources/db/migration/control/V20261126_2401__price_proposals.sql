-- Whoever approves the price book does not write it: the platform proposes, the bureau approves.
delete from role_permission where role = 'BUREAU' and permission = 'PRICE_PROPOSE';
