import { Prisma } from "../../generated/sqlite/client";
import { testDatabaseProvider } from "../../prisma/fresh-ledger";
import type { Db } from "../database";

/**
 * Returns a text that changes with every write to the ledger. On SQLite, the text is the number of rows that the
 * ledger's only connection has written. Otherwise it contains all rows.
 */
export async function ledgerChangeToken(db: Db): Promise<string> {
  if (testDatabaseProvider !== "sqlite") return String(await readAllLedgerRowsAsText(db));
  const [{ count }] = await db.$queryRaw<[{ count: bigint }]>`SELECT total_changes() AS count`;
  return String(count);
}

const FIND_USED_TABLES = Object.keys(Prisma.ModelName)
  .map((table) => `SELECT '${table}' AS name WHERE EXISTS (SELECT 1 FROM "${table}")`)
  .join(" UNION ALL ");

/**
 * Returns each row of the ledger as a text that begins with its table's name. Uses a transaction, because raw
 * statements are faster in one.
 */
export function readAllLedgerRowsAsText(db: Db): Promise<string[]> {
  return db.$transaction(async (tx) => {
    const rows: string[] = [];
    for (const { name: table } of await tx.$queryRaw<{ name: string }[]>(Prisma.raw(FIND_USED_TABLES)))
      for (const row of await tx.$queryRaw<object[]>(Prisma.raw(`SELECT * FROM "${table}"`)))
        rows.push(`${table} ${JSON.stringify(row, withBigInts)}`);
    // Sorts the rows, because PostgreSQL moves a changed row to the end of its table.
    return rows.sort();
  });
}

function withBigInts(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
