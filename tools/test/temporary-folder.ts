// Gives each run a temporary folder and deletes it afterwards. Tests leave hundreds of ledgers there, and a worker that
// Vitest stops has no time to delete them.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function setup(): () => void {
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), "appeal-tests-"));
  // If root runs the tests, PostgreSQL runs as another user, who must be able to reach this folder.
  if (process.getuid?.() === 0) chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  return () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true });
  };
}
