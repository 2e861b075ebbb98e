// Are two tables the same, whatever the order of their rows? The sum of the rows' SHA-256, and their number, say so.
import { createHash } from "node:crypto";
import { plainOfSqlite } from "./value.mjs";

const MODULUS = 1n << 256n;

/** `[{ name, here: { rows, sum }, there: { rows, sum } }]` */
export async function compareTables(source, target) {
  const results = [];
  for (const table of source.tables) {
    const here = newSum();
    for (let rowid = 0n; ; ) {
      const batch = source.readAfter(table, rowid);
      if (batch.length === 0) break;
      rowid = batch.at(-1)._rowid;
      for (const row of batch) here.add(table.columns.map((column) => plainOfSqlite(row[column.name], column)));
    }
    const there = newSum();
    for await (const row of target.plainRows(table)) there.add(row);
    results.push({ name: table.name, here: here.read(), there: there.read() });
  }
  return results;
}

export function newSum() {
  let [rows, sum] = [0, 0n];
  return {
    /** A row as plain values, its columns in the order of the source. */
    add(values) {
      rows += 1;
      sum = (sum + BigInt(`0x${createHash("sha256").update(JSON.stringify(values)).digest("hex")}`)) % MODULUS;
    },
    read: () => ({ rows, sum: sum.toString(16).padStart(64, "0") }),
  };
}
