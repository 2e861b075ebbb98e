// The mails that a supporter may refuse. All other mails are necessary: sign-in links, and mails about a failed or refunded payment, a
// changed gift or a changed e-mail address.
import type { Payment } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import { isMailRefused, listMailRefusals, setMailRefusals } from "./store/mail-choices";
import { hasEarlierPayment } from "./store/payments";

/** `renewal-thanks`: thanks with a receipt for each payment of a recurring gift after the first one. */
export const OPTIONAL_MAILS = ["renewal-thanks"] as const;
export type OptionalMail = (typeof OPTIONAL_MAILS)[number];

export async function listRefusedMails(db: Db, supporterId: string): Promise<OptionalMail[]> {
  const refused = await listMailRefusals(db, supporterId);
  return OPTIONAL_MAILS.filter((kind) => refused.includes(kind));
}

/** Stores the choice: refuses every optional mail that is not in `wanted`. */
export async function chooseMails(
  db: Db,
  { supporterId, wanted, now }: { supporterId: string; wanted: readonly string[]; now: Date },
): Promise<void> {
  const kinds = OPTIONAL_MAILS.filter((kind) => !wanted.includes(kind));
  await db.$transaction((tx) => setMailRefusals(tx, { supporterId, kinds, now }));
}

/** False for a renewal if the supporter has refused thanks for renewals. Its receipt is still on their page. */
export async function wantsThanks(tx: Tx, payment: Payment): Promise<boolean> {
  const { supporterId, recurringGiftId } = payment;
  if (!supporterId || !recurringGiftId) return true;
  if (!(await isMailRefused(tx, { supporterId, kind: "renewal-thanks" }))) return true;
  return !(await hasEarlierPayment(tx, payment));
}
