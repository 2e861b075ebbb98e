import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeStaleBundles } from "./bundle-command";

test("bundles of ended processes are removed, and those of running processes stay", () => {
  const folder = mkdtempSync(join(tmpdir(), "appeal-bundles-"));
  const { pid: ended } = spawnSync(process.execPath, ["--version"]);
  for (const pid of [ended, process.pid]) writeFileSync(join(folder, `backup-${pid}.mjs`), "");
  removeStaleBundles(folder);
  expect(readdirSync(folder)).toEqual([`backup-${process.pid}.mjs`]);
});
