// What each seed brought, kept in .cache/torture, so that a run that was broken off goes on. What was seen of other sources, or
// with other terms, lies elsewhere and counts for nothing here.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesUnder, fingerprintOf } from "../../tools/build/fingerprint.mjs";
import { ROOT } from "../../tools/run/paths.mjs";
import type { Result } from "./one-seed";

export function openNotebook({ build, deliveries, kills }: { build: string; deliveries: number; kills: number }) {
  const ours = ["lab/torture", "packages/stripe-sandbox/src"].flatMap((room) => filesUnder(join(ROOT, room)));
  const name = `${deliveries}-deliveries-${kills}-kills-${fingerprintOf(ours, build).slice(0, 12)}`;
  const folder = join(ROOT, ".cache/torture", name);
  // Power cuts are not tried here: what a killed process had written is there, and memory spares the waits for the disk.
  const ledgers = join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "appeal-torture");
  for (const each of [folder, ledgers]) mkdirSync(each, { recursive: true });
  const pageOf = (seed: number) => join(folder, `seed-${seed}.json`);

  const ledgerOf = (seed: number) => join(ledgers, `${name}-seed-${seed}.db`);

  return {
    ledgerOf,
    /** Nothing where it has not been run, or was not equal. */
    passed(seed: number): Result | undefined {
      if (!existsSync(pageOf(seed))) return;
      const result = JSON.parse(readFileSync(pageOf(seed), "utf8")) as Result;
      return result.differences.length === 0 ? result : undefined;
    },
    /** The ledger is kept only where something is to be looked for in it. */
    keep(result: Result): void {
      writeFileSync(pageOf(result.seed), JSON.stringify(result, null, 2));
      if (result.differences.length === 0) removeLedger(result.seed);
    },
    forget(): void {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
    },
    removeLedger,
  };

  function removeLedger(seed: number): void {
    for (const end of ["", "-wal", "-shm"]) rmSync(`${ledgerOf(seed)}${end}`, { force: true });
  }
}
