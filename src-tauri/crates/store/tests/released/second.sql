-- What version 2 wrote besides: rows in the tables that are new in it.
INSERT INTO licences (server, kkm, name, login, since) VALUES ('https://fiscal.example.kz', 77505, 'Касса 1', '77001112233', 1795550400000000);
INSERT INTO outbox (number, server, login, kkm, kind, date, cash_counted, cash_expected, cash_reason, at, state, operation, settled, code, message) VALUES (1, 'https://fiscal.example.kz', '77001112233', 77505, 'open', 1795550401000000, NULL, NULL, NULL, 1795550401123456, 'done', 2, 1795550500123456, NULL, NULL);
INSERT INTO outbox (number, server, login, kkm, kind, date, cash_counted, cash_expected, cash_reason, at, state, operation, settled, code, message) VALUES (2, 'https://fiscal.example.kz', '77001112233', 77505, 'z', 1795550402000000, 1050, 1000, 'размен', 1795550402123456, 'queued', NULL, NULL, NULL, NULL);
INSERT INTO moments (server, kkm, moment) VALUES ('https://fiscal.example.kz', 77505, 1795550401000000);
