// Tests can run on a copy with changed sources. The copy uses the packages of this folder.
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../run/paths.mjs";

/** @param {string} folder */
export function copySources(folder) {
  rmSync(folder, { recursive: true, force: true });
  const args = ["ls-files", "-z", "-co", "--exclude-standard", "--deduplicate"];
  const { stdout } = spawnSync("git", args, { cwd: ROOT, encoding: "utf8" });
  for (const file of stdout.split("\0").filter((each) => each !== "" && existsSync(join(ROOT, each)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(folder, file));
  }
  cpSync(join(ROOT, "generated"), join(folder, "generated"), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "dir");
  // Some tests list the files with git. The copy needs its own repository, because this one ignores the folder of the copy.
  spawnSync("git", ["init", "--quiet"], { cwd: folder });
}
