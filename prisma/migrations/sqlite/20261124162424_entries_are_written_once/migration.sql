-- The books are appended to, never changed: a mistake is put right by another entry.
CREATE TRIGGER "Entry_no_update" BEFORE UPDATE ON "Entry"
BEGIN
  SELECT RAISE(ABORT, 'an entry of the books is never changed');
END;
CREATE TRIGGER "Entry_no_delete" BEFORE DELETE ON "Entry"
BEGIN
  SELECT RAISE(ABORT, 'an entry of the books is never changed');
END;
CREATE TRIGGER "BalanceEntry_no_update" BEFORE UPDATE ON "BalanceEntry"
BEGIN
  SELECT RAISE(ABORT, 'an entry of the books is never changed');
END;
CREATE TRIGGER "BalanceEntry_no_delete" BEFORE DELETE ON "BalanceEntry"
BEGIN
  SELECT RAISE(ABORT, 'an entry of the books is never changed');
END;
