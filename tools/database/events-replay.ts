// npm run events:replay -- evt_… | --all: fetches failed events from Stripe and tries to record them again. Exits with 1 if any still
// fails.
import { parseArgs } from "node:util";
import { listDeadLetters } from "../../domain/ledger/dead-letters";
import { syncClockWithStandIn } from "../../systems/clock";
import { database } from "../../systems/database";
import { replayEvent } from "../../systems/dead-letters";
import { CommandError, runCommand } from "../run/console.mjs";

const USAGE = "npm run events:replay -- evt_… | --all";

await runCommand(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { all: { type: "boolean" } } });
  const [id] = positionals;
  if ((id !== undefined) === (values.all ?? false) || positionals.length > 1) throw new CommandError(USAGE);
  await syncClockWithStandIn();
  const db = await database();
  const letters = await listDeadLetters(db, { id });
  if (id && letters.length === 0)
    throw new CommandError(
      `${id} is not among the failed events. npm run books:check finds events that never arrived.`,
    );
  let failed = 0;
  for (const letter of letters) {
    const replayed = await replayEvent(db, letter);
    if (replayed.kind === "failed") failed += 1;
    console.log(`  ${letter.id}  ${letter.type}  ${replayed.kind === "failed" ? replayed.error : replayed.kind}`);
  }
  console.log(`${letters.length - failed} recorded, ${failed} still failed`);
  await db.$disconnect();
  process.exitCode = failed > 0 ? 1 : 0;
});
