-- What version 3 wrote besides: rows in the tables that are new in it.
INSERT INTO prints (number, report, form, printer, paper, language, at, state, copy, attempts, next, code, detail, owner, lease_until, settled) VALUES (1, 1, 'report', 'tcp:192.168.1.50', '80', 'kk+ru', 1795550501123456, 'done', 0, 2, 1795550501123456, NULL, NULL, '', 0, 1795550521123456);
INSERT INTO prints (number, report, form, printer, paper, language, at, state, copy, attempts, next, code, detail, owner, lease_until, settled) VALUES (2, NULL, 'report', 'system:HP_LaserJet', 'a4', 'ru', 1795550502123456, 'queued', 0, 1, 1795550512123456, 'unreachable', 'printer HP_LaserJet disabled', '', 0, NULL);
INSERT INTO printed (report, form, first) VALUES (1, 'report', 1795550521123456);
