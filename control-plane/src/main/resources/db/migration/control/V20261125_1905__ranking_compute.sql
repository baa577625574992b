-- Ranking a month once more is the bureau's: whoever answers for the figures.
insert into role_permission (role, permission) values ('BUREAU', 'RANKING_COMPUTE');
