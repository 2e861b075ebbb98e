import type { NamedTableChecksum } from "./archive";

export function printTableChecksums(manifest: readonly NamedTableChecksum[]): void {
  for (const { name, rows, sum } of manifest)
    console.log(`  ${name.padEnd(20)} ${String(rows).padStart(9)} rows  ${sum.slice(0, 16)}`);
}
