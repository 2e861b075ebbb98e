// Sets up the demo's authenticator app for the addresses in STAFF_EMAILS that have none. Throws if the site does not
// use the Stripe stand-in.
import { hasSetUpSecondFactor } from "../../domain/newsroom/staff/factor";
import { acceptInvitation } from "../../domain/newsroom/staff/store";
import { insertAuthenticatorApp } from "../../domain/newsroom/staff/store/factors";
import { findColleagueOrAddRootByEmailHash, listRootAddresses } from "../../systems/auth/staff";
import { currentTime } from "../../systems/clock";
import { database } from "../../systems/database";
import { env } from "../../systems/env";
import { identityCrypto } from "../../systems/identity";
import { STAFF_AUTHENTICATOR_SECRET } from "./staff-secret.mjs";

if (!env().STRIPE_API_BASE) throw new Error("The demo's second factor works only with the Stripe stand-in.");
const db = await database();
for (const { emailHash } of listRootAddresses()) {
  const colleague = await findColleagueOrAddRootByEmailHash(db, emailHash);
  if (colleague) await giveApp(colleague.id);
}
await db.$disconnect();

async function giveApp(staffId: string): Promise<void> {
  const now = currentTime();
  await db.$transaction(async (tx) => {
    if (await hasSetUpSecondFactor(tx, staffId)) return;
    await insertAuthenticatorApp(tx, {
      staffId,
      secretSealed: identityCrypto().seal(STAFF_AUTHENTICATOR_SECRET),
      lastStep: 0,
      since: now,
    });
    await acceptInvitation(tx, { id: staffId, now });
  });
}
