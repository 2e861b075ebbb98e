import type { Staff } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { queueMail, type StaffNewsValues } from "../../ledger/outbox";
import { hasQueuedMailSince } from "../../ledger/store/outbox";
import { parseRole } from "./roles";

/** `until`: the expiry of an invitation. `left`: the number of recovery codes that still work. */
type News = { news: StaffNewsValues["news"]; locale: string; now: Date; until?: Date; left?: number };

/** Forms that do the same again if a colleague clicks twice. Every other form does nothing the second time. */
const REPEATABLE: readonly StaffNewsValues["news"][] = ["invited", "factor-reset"];
const DOUBLE_CLICK_MS = 60_000;

/** Queues an e-mail to the colleague, unless a form was sent twice within a minute. */
export async function queueStaffNews(tx: Tx, row: Staff, { news, locale, now, until, left }: News): Promise<void> {
  const role = parseRole(row.role) ?? "viewer";
  const keyPrefix = `staff-news:${news}:${row.id}:${role}:${left ?? ""}:`;
  const since = new Date(now.getTime() - DOUBLE_CLICK_MS);
  if (REPEATABLE.includes(news) && (await hasQueuedMailSince(tx, { keyPrefix, since }))) return;
  await queueMail(tx, {
    kind: "staff-news",
    factKey: `${keyPrefix}${now.toISOString()}`,
    to: { emailHash: row.emailHash, emailSealed: row.emailSealed, locale: row.language ?? locale },
    values: { news, role, until: until?.toISOString() ?? null, left: left ?? null },
    now,
  });
}
