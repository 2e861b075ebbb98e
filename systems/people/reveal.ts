// Shows a supporter's address to a colleague: once, for a reason, and told to the supporter.
import "server-only";
import type { RevealReason, Why } from "../../domain/newsroom/people/reasons";
import { findSupporterWithAddresses } from "../../domain/newsroom/people/store/supporter";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import { noteAct } from "../auth/staff";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { env } from "../env";
import { ownIdentity } from "../identity";
import { consume } from "../rate-limit";

/** The most addresses that one colleague may reveal in an hour. A session in the wrong hands must not empty the ledger. */
export const MOST_REVEALS = 30;

type Wish = { supporterId: string; colleague: Colleague; why: Why<RevealReason> };

/** The act is in the log before the address is shown. */
export async function revealAddress(
  db: Db,
  { supporterId, colleague, why }: Wish,
): Promise<"revealed" | "often" | "unknown"> {
  if (!(await findSupporterWithAddresses(db, supporterId))) return "unknown";
  const limits = [{ kind: "colleague", subject: colleague.id, max: MOST_REVEALS }];
  const attempt = { action: "reveal", windowMinutes: 60, limits, secret: env().NEXTAUTH_SECRET, now: currentTime() };
  if (!(await consume(db, attempt))) return "often";
  const act = {
    colleague,
    kind: "address-revealed",
    about: `supporter:${supporterId}`,
    after: { why: why.why },
  } as const;
  await db.$transaction((tx) => noteAct(tx, { ...act, ...(why.words ? { reason: why.words } : {}) }));
  return "revealed";
}

/** Opens the supporter's sealed addresses, for the one answer that follows a reveal. */
export async function openAddresses(db: Db, supporterId: string) {
  const row = await findSupporterWithAddresses(db, supporterId);
  const identity = ownIdentity();
  return {
    addresses: (row?.addresses ?? []).map(({ emailSealed, until }) => {
      return { address: identity.open(emailSealed), isCurrent: until === null };
    }),
    receiptName: row?.receiptNameSealed ? identity.open(row.receiptNameSealed) : null,
  };
}
