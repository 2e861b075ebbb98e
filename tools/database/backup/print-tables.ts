import type { TableChecksum } from "./archive";

export function printTables(manifest: readonly TableChecksum[]): void {
  for (const { name, rows, sum } of manifest)
    console.log(`  ${name.padEnd(20)} ${String(rows).padStart(9)} rows  ${sum.slice(0, 16)}`);
}
