// Compares two tables by the number of rows and the sum of the rows' SHA-256 hashes. The order of the rows does not
// matter.
import { createHash } from "node:crypto";
import type { SourceLedger, SourceTable } from "./source";
import { comparableSqliteValue } from "./value";

const MODULUS = 1n << 256n;

export type TableChecksum = { rows: number; sum: string };
export type TableComparison = { name: string; source: TableChecksum; target: TableChecksum };
type ComparableRows = { comparableRows: (table: SourceTable) => AsyncIterable<unknown[]> };

export async function compareTables(source: SourceLedger, target: ComparableRows): Promise<TableComparison[]> {
  const comparisons: TableComparison[] = [];
  for (const table of source.tables) {
    const sourceSum = createChecksumBuilder();
    for (const batch of source.batches(table))
      for (const row of batch)
        sourceSum.add(table.columns.map((column) => comparableSqliteValue(row[column.name] ?? null, column)));
    const targetSum = createChecksumBuilder();
    for await (const row of target.comparableRows(table)) targetSum.add(row);
    comparisons.push({ name: table.name, source: sourceSum.read(), target: targetSum.read() });
  }
  return comparisons;
}

export function createChecksumBuilder() {
  let [rows, sum] = [0, 0n];
  return {
    add(values: readonly unknown[]): void {
      rows += 1;
      sum = (sum + BigInt(`0x${createHash("sha256").update(JSON.stringify(values)).digest("hex")}`)) % MODULUS;
    },
    read: (): TableChecksum => ({ rows, sum: sum.toString(16).padStart(64, "0") }),
  };
}
