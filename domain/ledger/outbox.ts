// The only way for mail to leave: each mail is queued once per fact, in the transaction that makes it due.
import type { Payment } from "../../generated/sqlite/client";
import type { Tx } from "../database";
import type { PaymentFrequency } from "../giving/frequency";
import { type Currency, moneyOf } from "../money";
import { addMail } from "./store/outbox";
import type { MailAddress } from "./store/supporters";

export type PaymentMailKind = "thanks" | "debit-begun" | "debit-bounced";
export type PaymentValues = {
  paymentId: string;
  amountMinor: number;
  currency: Currency;
  frequency: PaymentFrequency;
  /** ISO 8601 */
  paidAt: string;
  /** True for the first payment of a recurring gift while an older one runs. */
  isSecond?: boolean | undefined;
};
/** News of a refund: `amountMinor` was refunded out of `givenMinor`. */
export type RefundValues = PaymentValues & {
  refundId: string;
  givenMinor: number;
  /** ISO 8601 */
  refundedAt: string;
};
export type SignInValues = { tokenSealed: string; next: string };

/** `newSealed`: the address that the supporter wants. `takesEffectAt`: ISO 8601, where the old mailbox is lost. */
export type AddressValues = { tokenSealed: string; newSealed: string; takesEffectAt: string | null };

/** News to staff: the site has been slowing down gifts since `beganAt` (ISO 8601). */
export type BurstValues = { beganAt: string };

export type Mail =
  | { kind: PaymentMailKind; values: PaymentValues }
  | { kind: "went-back"; values: RefundValues }
  | { kind: "sign-in"; values: SignInValues }
  | { kind: "address-old" | "address-new"; values: AddressValues }
  | { kind: "burst"; values: BurstValues };

/** Mail with the smaller number leaves first. Somebody waits for a sign-in link; other mail can wait its turn. */
const PRIORITY: Record<Mail["kind"], number> = {
  "sign-in": 0,
  "address-old": 0,
  "address-new": 0,
  burst: 0,
  thanks: 10,
  "debit-begun": 10,
  "debit-bounced": 10,
  "went-back": 10,
};

/** Queues at most one mail per `factKey`; a second call with the same key changes nothing. */
export async function queueMail(tx: Tx, mail: Mail & { factKey: string; to: MailAddress; now: Date }): Promise<void> {
  const { kind, factKey, to, now } = mail;
  await addMail(tx, {
    id: crypto.randomUUID(),
    kind,
    factKey,
    personHash: to.emailHash,
    priority: PRIORITY[kind],
    toSealed: to.emailSealed,
    locale: to.locale,
    values: JSON.stringify(mail.values),
    queuedAt: now,
    sendAfter: now,
  });
}

export function paymentValues(payment: Payment): PaymentValues {
  return {
    paymentId: payment.id,
    ...moneyOf(payment.amountMinor, payment.currency),
    frequency: payment.frequency as PaymentFrequency,
    paidAt: payment.paidAt.toISOString(),
  };
}
