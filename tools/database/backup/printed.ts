// What a backup holds, for eyes.
import type { TableSum } from "./archive";

export function printTables(manifest: readonly TableSum[]): void {
  for (const { name, rows, sum } of manifest)
    console.log(`  ${name.padEnd(20)} ${String(rows).padStart(9)} rows  ${sum.slice(0, 16)}`);
}
