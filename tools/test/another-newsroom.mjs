// Runs the tests as another newsroom would after `npm run newsroom`, in a copy of the sources. `node
// tools/test/another-newsroom.mjs TEST …` runs only the named tests.
import { join } from "node:path";
import { runMainOrExit, runStep } from "../run/console.mjs";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { runNodeOrThrow, runNodeVisiblyOrThrow } from "../run/spawn.mjs";
import { copySources } from "./copy-sources.mjs";

const COPY = join(REPOSITORY_ROOT, ".cache/another-newsroom");
/** The run leaves out these tests, because the tests of the Stripe stand-in do not depend on the newsroom. */
const STAND_IN = "packages/stripe-sandbox/**";
const NEWSROOM = ["--import", "tsx", "tools/newsroom/main.ts", "--from", "tools/newsroom/example.json", "--force"];

async function main() {
  await runStep("Copying the sources", () => copySources(COPY));
  await runStep("Setting up another newsroom", () =>
    runNodeOrThrow("Writing its publication", NEWSROOM, { cwd: COPY }),
  );
  const args = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--project",
    "sqlite",
    "--exclude",
    STAND_IN,
    ...process.argv.slice(2),
  ];
  await runNodeVisiblyOrThrow("The tests of another newsroom", args, { cwd: COPY });
}

await runMainOrExit(main);
