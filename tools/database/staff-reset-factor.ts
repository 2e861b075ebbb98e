// npm run staff:reset-factor -- ADDRESS: removes the second factor of a colleague who has lost their phone and recovery
// codes, if no admin can help. The colleague can then set up a new authenticator app.
import { syncClockWithStandIn } from "../../systems/clock";
import { database } from "../../systems/database";
import { runMainOrExit } from "../run/console.mjs";
import { resetSecondFactorByCommand } from "./reset-factor-of";

await runMainOrExit(async () => {
  await syncClockWithStandIn();
  const db = await database();
  console.log(await resetSecondFactorByCommand(db, process.argv.slice(2)));
  await db.$disconnect();
});
