// For tests: all rows of a ledger as text, to see whether a request has changed anything.
import { Prisma } from "../../generated/sqlite/client";
import type { Db } from "../database";

/** One text for each row, with the name of its table. */
export async function ledgerRows(db: Db): Promise<string[]> {
  const tables = Object.keys(Prisma.ModelName).map((model) => model[0]?.toLowerCase() + model.slice(1));
  // biome-ignore lint/suspicious/noExplicitAny: each table has a type of its own
  const rows = await Promise.all(tables.map(async (table) => (await (db as any)[table].findMany()) as object[]));
  return tables.flatMap((table, i) => (rows[i] ?? []).map((row) => `${table} ${JSON.stringify(row, withBigInts)}`));
}

function withBigInts(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
