// Rows that were copied with their numbers do not move PostgreSQL's counters: without this the next row would be given a number
// that is taken.

const COUNTERS = `
  SELECT c.relname AS name, a.attname AS column FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL`;

/** Every counter of the ledger goes on after the highest number that is in use. */
export async function continueCounters(client) {
  const { rows } = await client.query(COUNTERS);
  for (const { name, column } of rows)
    await client.query(
      `SELECT setval(pg_get_serial_sequence('"${name}"', $1), coalesce(max("${column}"), 0) + 1, false) FROM "${name}"`,
      [column],
    );
}
