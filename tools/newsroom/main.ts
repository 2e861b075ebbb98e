// npm run newsroom: sets up the site for a newsroom. `-- --from FILE.json` takes the answers from a file; `--force`
// replaces files without asking; `--into FOLDER` writes to another folder.
import * as prompts from "@clack/prompts";
import { runMainOrExit } from "../run/console.mjs";
import { SetupCancelled } from "./ask";
import { setUpNewsroom } from "./set-up";

await runMainOrExit(async () => {
  try {
    await setUpNewsroom(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof SetupCancelled)) throw error;
    prompts.cancel("Nothing was written.");
    process.exitCode = 1;
  }
});
