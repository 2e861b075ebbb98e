// Starts the site on an empty ledger: `node tools/test/start-stack.mjs NAME [SITE_URL]`. Keeps its state and its logs
// in .cache/NAME, with a copy of the articles, which a test can change. Ignores .env. Of the environment variables, it
// reads only those with the ports. The programs that it starts inherit all environment variables.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findBuild } from "../build/compile.mjs";
import { migrate } from "../database/migrate.mjs";
import { prepareStaffFactors } from "../demo/staff.mjs";
import { CommandError, runMainOrExit } from "../run/console.mjs";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { stopAll, stopAllChildrenOnSignal, waitForFirstChildToExit } from "../run/processes.mjs";
import { resolveStackSettings } from "../run/settings.mjs";
import { requireFreeStackPorts, startStack } from "../run/stack.mjs";

const OWN_PORTS = ["PORT", "STRIPE_SANDBOX_PORT", "MAIL_PORT", "MAIL_SMTP_PORT"];

await runMainOrExit(async () => {
  stopAllChildrenOnSignal();
  const [name = "stack", SITE_URL] = process.argv.slice(2);
  if (!findBuild()) throw new CommandError("There is no build to start: npm run build.");
  const folder = join(REPOSITORY_ROOT, ".cache", name);
  rmSync(folder, { recursive: true, force: true });
  const ports = Object.fromEntries(OWN_PORTS.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  const articles = join(folder, "articles");
  cpSync(join(REPOSITORY_ROOT, "content/articles"), articles, { recursive: true });
  // With one proxy hop, each browser test can name its own client IP address in X-Forwarded-For.
  const fixedSettings = { ...ports, SITE_URL, ARTICLES_FOLDER: articles, TRUSTED_PROXY_HOPS: "1" };
  const stack = resolveStackSettings({ folder, ownSettings: fixedSettings });
  await requireFreeStackPorts(stack);
  await migrate(stack.settings.DATABASE_URL);
  await prepareStaffFactors(stack);
  const children = await startStack({ stack, folder });
  console.log(`ready at ${stack.settings.SITE_URL}`);
  const { name: ended, lastLines } = await waitForFirstChildToExit(children);
  throw new CommandError(`The ${ended} exited. Its last output:\n\n${lastLines()}`);
}, stopAll);
