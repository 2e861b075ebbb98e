import type { Staff } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { queueMail, type StaffNewsValues } from "../../ledger/outbox";
import { parseRole } from "./roles";

/** `until`: the expiry of an invitation. `left`: the number of recovery codes that still work. */
type News = { news: StaffNewsValues["news"]; locale: string; now: Date; until?: Date; left?: number };

/** At most one e-mail of each kind and role per clock minute, because a colleague may click twice. */
export async function queueStaffNews(tx: Tx, row: Staff, { news, locale, now, until, left }: News): Promise<void> {
  const role = parseRole(row.role) ?? "viewer";
  const minute = now.toISOString().slice(0, 16);
  await queueMail(tx, {
    kind: "staff-news",
    factKey: `staff-news:${news}:${row.id}:${role}:${minute}`,
    to: { emailHash: row.emailHash, emailSealed: row.emailSealed, locale: row.language ?? locale },
    values: { news, role, until: until?.toISOString() ?? null, left: left ?? null },
    now,
  });
}
