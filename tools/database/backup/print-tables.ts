// Prints the tables of a backup with their number of rows and their checksum.
import type { TableSum } from "./archive";

export function printTables(manifest: readonly TableSum[]): void {
  for (const { name, rows, sum } of manifest)
    console.log(`  ${name.padEnd(20)} ${String(rows).padStart(9)} rows  ${sum.slice(0, 16)}`);
}
