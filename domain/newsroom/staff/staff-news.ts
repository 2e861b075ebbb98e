import type { Staff } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { queueMail, type StaffAccessMailValues } from "../../ledger/outbox";
import { wasMailQueuedSince } from "../../ledger/store/outbox";
import { parseRole } from "./roles";

/**
 * `news`: what the e-mail is about. `until`: when an invitation expires. `left`: how many recovery codes still work.
 */
type News = { news: StaffAccessMailValues["news"]; locale: string; now: Date; until?: Date; left?: number };

/**
 * The kinds of news whose action happens again if a colleague sends the form twice. Any other form does nothing the
 * second time, so no second e-mail is queued.
 */
const REPEATABLE: readonly StaffAccessMailValues["news"][] = ["invited", "factor-reset"];
const DOUBLE_CLICK_MS = 60_000;

/**
 * Queues an e-mail to the colleague. For REPEATABLE news, queues no second e-mail within a minute, because the form was
 * probably sent twice.
 */
export async function queueAccessMailToColleague(
  tx: Tx,
  row: Staff,
  { news, locale, now, until, left }: News,
): Promise<void> {
  // The fallback is never shown: an e-mail names the role only if the caller has checked that the role is known.
  const role = parseRole(row.role) ?? "viewer";
  const keyPrefix = `staff-news:${news}:${row.id}:${role}:${left ?? ""}:`;
  const since = new Date(now.getTime() - DOUBLE_CLICK_MS);
  if (REPEATABLE.includes(news) && (await wasMailQueuedSince(tx, { keyPrefix, since }))) return;
  await queueMail(tx, {
    kind: "staff-news",
    factKey: `${keyPrefix}${now.toISOString()}`,
    to: { emailHash: row.emailHash, emailSealed: row.emailSealed, locale: row.language ?? locale },
    values: { news, role, until: until?.toISOString() ?? null, left: left ?? null },
    now,
  });
}
