import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findFreePorts } from "../run/ports.mjs";

const ROOT = join(import.meta.dirname, "..", "..");

/** A temporary folder. It contains copies of the tools and of the modules that they import, but no node_modules. */
const folder = mkdtempSync(join(tmpdir(), "appeal-clone-"));

beforeAll(() => {
  for (const name of ["tools", "systems/http", "package.json"])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  // Replaces the module that installs the packages: its functions now only print a text and exit. A command that prints
  // this text has reached the installation without loading any package.
  writeFileSync(join(folder, "tools/build/install.mjs"), stoppingInstall);
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(["demo/main.mjs", "test/main.mjs", "run/dev.mjs", "build/main.mjs", "run/start.mjs"])(
  "%s loads without packages",
  async (command) => {
    // Without free ports, these commands stop before the installation while a demo runs on this machine.
    const [site, standIn, inbox, smtp] = await findFreePorts(4, 21_000 + (process.pid % 1_000) * 4);
    const ports = { PORT: site, STRIPE_SANDBOX_PORT: standIn, MAIL_PORT: inbox, MAIL_SMTP_PORT: smtp };
    const env = {
      ...process.env,
      ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, `${port}`])),
    };
    const { stdout, stderr } = spawnSync(process.execPath, [`tools/${command}`], {
      cwd: folder,
      encoding: "utf8",
      env,
    });
    expect(stdout + stderr).toContain("would install now");
  },
);

const stoppingInstall = `
export function requireNodeVersion() {}
export function beginPackageInstall() {
  console.log("would install now");
  process.exit(0);
}
export const ensureInstalled = beginPackageInstall;
export const waitForSqliteAddonBuild = beginPackageInstall;
`;
