-- What version 6 wrote besides: a register that was seen with its shift.
INSERT INTO sightings (server, kkm, login, name, address, znm, rnm, seen, state, overdue_at, shift) VALUES ('https://fiscal.example.kz', 77506, '77001112233', 'Касса 2', NULL, NULL, NULL, 1795550501123456, 'open', 1795600000000000, 5);
