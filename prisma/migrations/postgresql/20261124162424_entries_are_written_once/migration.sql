-- The books are appended to, never changed: a mistake is put right by another entry.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an entry of the books is never changed';
END $$;
CREATE TRIGGER "Entry_never_changed" BEFORE UPDATE OR DELETE ON "Entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "BalanceEntry_never_changed" BEFORE UPDATE OR DELETE ON "BalanceEntry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
