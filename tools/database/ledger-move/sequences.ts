// Advances PostgreSQL's sequences after rows were copied. Copied rows keep their numbers and do not advance the
// sequences, which would then give new rows numbers that are already taken.
import type pg from "pg";

const SEQUENCES = `
  SELECT c.relname AS name, a.attname AS column FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL`;

export async function advanceSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; column: string }>(SEQUENCES);
  for (const { name, column } of rows)
    await client.query(
      `SELECT setval(pg_get_serial_sequence('"${name}"', $1), coalesce(max("${column}"), 0) + 1, false) FROM "${name}"`,
      [column],
    );
}
