// Mail leaves from here, never from the code that makes it due: it is queued in the transaction that made it true, once per fact.
import type { Tx } from "../../systems/database";
import type { PaymentFrequency } from "../giving/frequency";
import type { Currency } from "../money";
import { forRow, UNLESS_THERE } from "./many-rows";

export type ThanksValues = {
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
export type WentBackValues = ThanksValues & {
  refundId: string;
  givenMinor: number;
  /** ISO 8601 */
  refundedAt: string;
};
export type SignInValues = { tokenSealed: string; next: string };

/** To staff: gifts are being slowed down since then (ISO 8601). */
export type BurstValues = { beganAt: string };

export type Mail =
  | { kind: "thanks"; values: ThanksValues }
  | { kind: "went-back"; values: WentBackValues }
  | { kind: "sign-in"; values: SignInValues }
  | { kind: "burst"; values: BurstValues };

/** Queues once per `factKey`; a second call with the same key changes nothing. */
export async function queueMail(
  tx: Tx,
  mail: Mail & { factKey: string; toSealed: string; locale: string; now: Date },
): Promise<void> {
  const { kind, factKey, toSealed, locale, now } = mail;
  const row = {
    id: crypto.randomUUID(),
    kind,
    factKey,
    toSealed,
    locale,
    values: JSON.stringify(mail.values),
    queuedAt: now,
    sendAfter: now,
  };
  await tx.$executeRaw(...forRow({ table: "OutboxMail", row, after: UNLESS_THERE }));
}
