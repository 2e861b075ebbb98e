-- SQLite always compares by code points. PostgreSQL's migration of this name changes a column.
SELECT 1;
