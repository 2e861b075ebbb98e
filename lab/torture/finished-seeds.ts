// Stores the result of each seed, so that an interrupted run can continue. Each combination of source files, build and
// options has its own folder of results.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesUnder, fingerprintOf } from "../../tools/build/fingerprint.mjs";
import { REPOSITORY_ROOT } from "../../tools/run/paths.mjs";
import type { TortureSeedResult } from "./one-seed";

export function openSeedResultStore({
  build,
  deliveries,
  kills,
}: {
  build: string;
  deliveries: number;
  kills: number;
}) {
  const sources = ["lab/torture", "packages/stripe-sandbox/src"].flatMap((room) =>
    filesUnder(join(REPOSITORY_ROOT, room)),
  );
  const name = `${deliveries}-deliveries-${kills}-kills-${fingerprintOf(sources, build).slice(0, 12)}`;
  const folder = join(REPOSITORY_ROOT, ".cache/torture", name);
  // Files in /dev/shm are in memory: they survive a killed process, and writing them does not wait for a disk. The test
  // does not simulate power cuts.
  const ledgers = join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "appeal-torture");
  for (const each of [folder, ledgers]) mkdirSync(each, { recursive: true });
  const fileOf = (seed: number) => join(folder, `seed-${seed}.json`);

  const ledgerOf = (seed: number) => join(ledgers, `${name}-seed-${seed}.db`);

  return {
    ledgerOf,
    /**
     * Returns the stored result of the seed's run. Returns undefined if the seed has not run yet, or if its run found
     * differences.
     */
    findPassed(seed: number): TortureSeedResult | undefined {
      if (!existsSync(fileOf(seed))) return;
      const result = JSON.parse(readFileSync(fileOf(seed), "utf8")) as TortureSeedResult;
      return result.differences.length === 0 ? result : undefined;
    },
    keep(result: TortureSeedResult): void {
      writeFileSync(fileOf(result.seed), JSON.stringify(result, null, 2));
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
