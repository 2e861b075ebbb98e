// npm run free-seat -- ADDRESS --until 2027-12-31 --by EDITOR: lets somebody who has given nothing read the letters for
// supporters. Run it again with the same address to change the date; a date in the past ends the permission. EDITOR
// must be a colleague with the right to look after supporters.
import { parseArgs } from "node:util";
import { hasRight } from "../../domain/newsroom/staff/roles";
import { putFreeSeat } from "../../domain/supporters/store/letters";
import { publication } from "../../publication";
import { findColleagueByEmailHash } from "../../systems/auth/staff";
import { currentTime, syncClockWithStandIn } from "../../systems/clock";
import { database } from "../../systems/database";
import { identityCrypto } from "../../systems/identity";
import { CommandError, runMainOrExit } from "../run/console.mjs";

const USAGE = "npm run free-seat -- ADDRESS --until 2027-12-31 --by EDITOR";

await runMainOrExit(async () => {
  const options = { until: { type: "string" }, by: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [address, ...more] = positionals;
  if (!address || more.length > 0 || !values.until || !values.by) throw new CommandError(USAGE);
  const identity = identityCrypto();
  const sealed = identity.sealAddress(address);
  if (!sealed) throw new CommandError(`${address} is not a valid e-mail address.`);
  const until = new Date(`${values.until}T23:59:59Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(values.until) || Number.isNaN(until.getTime()))
    throw new CommandError(`${values.until} is not a date. Write it as 2027-12-31.`);
  const givenBy = identity.hashOf(values.by);
  await syncClockWithStandIn();
  const db = await database();
  const colleague = givenBy === null ? null : await findColleagueByEmailHash(db, givenBy);
  if (givenBy === null || !colleague || !hasRight(colleague.role, "people"))
    throw new CommandError(`${values.by} is not a colleague with the right to look after supporters.`);
  const { defaultLanguage: locale } = publication;
  await putFreeSeat(db, { ...sealed, locale, until, givenBy, givenAt: currentTime() });
  console.log(`${address} can read the letters until ${values.until}, after signing in at /sign-in.`);
  await db.$disconnect();
});
