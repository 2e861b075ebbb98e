// The e-mails that a supporter can refuse.
import type { Payment } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import { hasSupporterRefusedMailKind, selectRefusedMailKinds, setMailRefusals } from "./store/mail-choices";
import { hasEarlierPayment } from "./store/payments";

export const OPTIONAL_MAIL_KINDS = ["renewal-thanks"] as const;
export type OptionalMailKind = (typeof OPTIONAL_MAIL_KINDS)[number];

export async function listRefusedMailKinds(db: Db, supporterId: string): Promise<OptionalMailKind[]> {
  const refused = await selectRefusedMailKinds(db, supporterId);
  return OPTIONAL_MAIL_KINDS.filter((kind) => refused.includes(kind));
}

export async function saveMailChoices(
  db: Db,
  { supporterId, wanted, now }: { supporterId: string; wanted: readonly string[]; now: Date },
): Promise<void> {
  const kinds = OPTIONAL_MAIL_KINDS.filter((kind) => !wanted.includes(kind));
  await db.$transaction((tx) => setMailRefusals(tx, { supporterId, kinds, now }));
}

/** Returns false for a renewal if the supporter has refused thanks for renewals, otherwise true. */
export async function wantsThanksMailForPayment(tx: Tx, payment: Payment): Promise<boolean> {
  const { supporterId, recurringGiftId } = payment;
  if (!supporterId || !recurringGiftId) return true;
  if (!(await hasSupporterRefusedMailKind(tx, { supporterId, kind: "renewal-thanks" }))) return true;
  return !(await hasEarlierPayment(tx, payment));
}
