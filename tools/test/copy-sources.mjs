// Copies the sources, so that tests can run on a changed copy. The copy links to the original's `node_modules`.
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { REPOSITORY_ROOT } from "../run/paths.mjs";

/** @param {string} targetFolder */
export function copySources(targetFolder) {
  rmSync(targetFolder, { recursive: true, force: true });
  const args = ["ls-files", "-z", "-co", "--exclude-standard", "--deduplicate"];
  const { stdout } = spawnSync("git", args, { cwd: REPOSITORY_ROOT, encoding: "utf8" });
  for (const file of stdout.split("\0").filter((each) => each !== "" && existsSync(join(REPOSITORY_ROOT, each)))) {
    mkdirSync(dirname(join(targetFolder, file)), { recursive: true });
    copyFileSync(join(REPOSITORY_ROOT, file), join(targetFolder, file));
  }
  cpSync(join(REPOSITORY_ROOT, "generated"), join(targetFolder, "generated"), { recursive: true });
  symlinkSync(join(REPOSITORY_ROOT, "node_modules"), join(targetFolder, "node_modules"), "dir");
  // Makes the copy a Git repository, because some tests list their files with Git. The project's own repository ignores
  // the folder of the copy.
  spawnSync("git", ["init", "--quiet"], { cwd: targetFolder });
}
