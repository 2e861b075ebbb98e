import pg from "pg";

const TABLES = `
  SELECT relname AS name FROM pg_class
  WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'
  ORDER BY relname`;

/** Returns the name of a table that has rows; null if every table is empty. Does not count the migration history. */
export async function findFilledTable(client: pg.Client): Promise<string | null> {
  const { rows: tables } = await client.query<{ name: string }>(TABLES);
  for (const { name } of tables) {
    const { rows } = await client.query(`SELECT 1 FROM ${pg.escapeIdentifier(name)} LIMIT 1`);
    if (rows.length > 0) return name;
  }
  return null;
}
