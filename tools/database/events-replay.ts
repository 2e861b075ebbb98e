// npm run events:replay -- evt_… | --all: fetches failed events from Stripe and tries to record them again. Exits with
// 1 if any of them fails again.
import { syncClockWithStandIn } from "../../systems/clock";
import { database } from "../../systems/database";
import { runMainOrExit } from "../run/console.mjs";
import { parseEventIdOrAll, replayDeadLettersAndCountFailures } from "./replay-named-events";

await runMainOrExit(async () => {
  const id = parseEventIdOrAll(process.argv.slice(2));
  await syncClockWithStandIn();
  const db = await database();
  const failed = await replayDeadLettersAndCountFailures(db, id);
  await db.$disconnect();
  process.exitCode = failed > 0 ? 1 : 0;
});
