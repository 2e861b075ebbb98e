// Mail leaves from here, never from the code that makes it due: it is queued in the transaction that made it true, once per fact.
import type { Tx } from "../database";
import type { PaymentFrequency } from "../giving/frequency";
import type { Currency } from "../money";
import { forRow, UNLESS_THERE } from "./many-rows";
import type { MailAddress } from "./supporters";

export type PaymentMailKind = "thanks" | "debit-begun" | "debit-bounced";
export type PaymentValues = {
  paymentId: string;
  amountMinor: number;
  currency: Currency;
  frequency: PaymentFrequency;
  /** ISO 8601 */
  paidAt: string;
  /** The first payment of a recurring gift beside which another runs. */
  isSecond?: boolean | undefined;
};
/** A refund: `amountMinor` of the `givenMinor` went back. */
export type WentBackValues = PaymentValues & {
  refundId: string;
  givenMinor: number;
  /** ISO 8601 */
  refundedAt: string;
};
export type SignInValues = { tokenSealed: string; next: string };

/** To staff: gifts are being slowed down since then (ISO 8601). */
export type BurstValues = { beganAt: string };

export type Mail =
  | { kind: PaymentMailKind; values: PaymentValues }
  | { kind: "went-back"; values: WentBackValues }
  | { kind: "sign-in"; values: SignInValues }
  | { kind: "burst"; values: BurstValues };

/** The smaller leaves first. Someone waits for a link; letters can wait behind each other. */
const PRIORITY: Record<Mail["kind"], number> = {
  "sign-in": 0,
  // A few mails to staff.
  burst: 0,
  thanks: 10,
  "debit-begun": 10,
  "debit-bounced": 10,
  "went-back": 10,
};

/** Queues once per `factKey`; a second call with the same key changes nothing. */
export async function queueMail(tx: Tx, mail: Mail & { factKey: string; to: MailAddress; now: Date }): Promise<void> {
  const { kind, factKey, to, now } = mail;
  const row = {
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
  };
  await tx.$executeRaw(...forRow({ table: "OutboxMail", row, after: UNLESS_THERE }));
}
