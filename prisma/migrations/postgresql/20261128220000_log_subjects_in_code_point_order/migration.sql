-- The log is filtered by the beginning of `about`, as a range. In a language's collation such a range can miss rows, so
-- this column is always compared by code points. Only its indexes are built again.
ALTER TABLE "Act" ALTER COLUMN "about" TYPE TEXT COLLATE "C";
