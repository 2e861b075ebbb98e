// npm run staff:reset-factor -- ADDRESS: lets a colleague who lost phone and recovery codes set up a new app, if no other admin can do it.
// Works for addresses in STAFF_EMAILS too. Ends their sessions, tells them by mail, and leaves a line in the log of acts.
import { resetFactor } from "../../domain/newsroom/staff/manage";
import { findColleagueByHash } from "../../domain/newsroom/staff/store";
import { noteAct, staffContext } from "../../systems/auth/staff";
import { setClock } from "../../systems/clock";
import { database } from "../../systems/database";
import { ownIdentity } from "../../systems/identity";
import { runCommand, Stop } from "../run/console.mjs";

await runCommand(async () => {
  const [address, ...more] = process.argv.slice(2);
  if (!address || more.length > 0) throw new Stop("npm run staff:reset-factor -- ADDRESS");
  const emailHash = ownIdentity().hashOf(address);
  if (!emailHash) throw new Stop(`${address} is no e-mail address.`);
  await setClock();
  const db = await database();
  const row = await findColleagueByHash(db, emailHash);
  if (!row || row.until !== null) throw new Stop(`${address} has never opened the newsroom, or was removed.`);
  await db.$transaction(async (tx) => {
    await resetFactor(tx, row.id, staffContext());
    const act = { kind: "factor-reset", about: `staff:${row.id}`, reason: "npm run staff:reset-factor" } as const;
    await noteAct(tx, { colleague: null, ...act });
  });
  console.log(`${address} is signed out and sets up a new app at the next visit. A mail says so.`);
  await db.$disconnect();
});
