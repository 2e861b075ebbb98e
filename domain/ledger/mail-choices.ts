// The e-mails that a supporter can refuse.
import type { Payment } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import { hasSupporterRefusedMailKind, listMailRefusals, setMailRefusals } from "./store/mail-choices";
import { hasEarlierPayment } from "./store/payments";

export const OPTIONAL_MAILS = ["renewal-thanks"] as const;
export type OptionalMail = (typeof OPTIONAL_MAILS)[number];

export async function listRefusedMails(db: Db, supporterId: string): Promise<OptionalMail[]> {
  const refused = await listMailRefusals(db, supporterId);
  return OPTIONAL_MAILS.filter((kind) => refused.includes(kind));
}

export async function saveMailChoices(
  db: Db,
  { supporterId, wanted, now }: { supporterId: string; wanted: readonly string[]; now: Date },
): Promise<void> {
  const kinds = OPTIONAL_MAILS.filter((kind) => !wanted.includes(kind));
  await db.$transaction((tx) => setMailRefusals(tx, { supporterId, kinds, now }));
}

/** Returns false for a renewal if the supporter has refused thanks for renewals, otherwise true. */
export async function wantsThanks(tx: Tx, payment: Payment): Promise<boolean> {
  const { supporterId, recurringGiftId } = payment;
  if (!supporterId || !recurringGiftId) return true;
  if (!(await hasSupporterRefusedMailKind(tx, { supporterId, kind: "renewal-thanks" }))) return true;
  return !(await hasEarlierPayment(tx, payment));
}
