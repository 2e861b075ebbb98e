// The schemas for the fields of Stripe's objects that this site stores in its append-only ledger. Other fields may have
// any value, because Stripe keeps adding fields.
import "server-only";
import { z } from "zod";
import { isStripeCurrency } from "../../../domain/money";

/** Stripe's limit for a charge, in minor units: eight digits in every currency. */
const MAX_CHARGE = 99_999_999;
/**
 * The limit for payouts and settled amounts, in minor units. It is higher than MAX_CHARGE, because a payout adds up
 * many charges, and a settlement currency can have smaller units.
 */
const MAX_SETTLED = 999_999_999_999;
/** The last second of the year 9999, in Unix time. */
const LAST_SECOND = 253_402_300_799;

const id = z.string().min(1).max(255);
const reference = z.union([z.string(), z.object({ id: z.string() })]).nullish();
/** A customer: an id, or the expanded object, which includes the supporter's e-mail address. */
const customer = z.union([z.string(), z.object({ id, email: z.string().nullish() })]).nullish();
const amount = z.int().min(0).max(MAX_CHARGE);
const moved = z.int().min(-MAX_SETTLED).max(MAX_SETTLED);
const time = z.int().min(0).max(LAST_SECOND);
const code = z.string().regex(/^[A-Za-z]{3}$/);
/** The currency of an object of this site must be one that the site knows (isStripeCurrency). */
const ourCurrency = code.refine((text) => isStripeCurrency(text.toUpperCase()), { params: { fault: "currency" } });
const metadata = z.record(z.string(), z.string()).nullish();

const price = z.object({ id, unit_amount: amount.nullish(), currency: ourCurrency, created: time });

export const STRIPE_OBJECT_SCHEMAS = {
  event: z.object({ id, created: time }),
  charge: z.object({ id, amount, currency: ourCurrency, created: time, payment_intent: reference, metadata }),
  /** A charge that may belong to another product, and therefore may be in a currency that the site does not know. */
  "unmarked charge": z.object({ id, amount, currency: code, created: time, payment_intent: reference }),
  "checkout session": z.object({
    id,
    amount_total: amount.nullish(),
    currency: ourCurrency.nullish(),
    payment_status: z.enum(["paid", "unpaid", "no_payment_required"]).optional(),
    payment_intent: reference,
    subscription: reference,
    customer_details: z.object({ email: z.string().nullish() }).nullish(),
    metadata,
  }),
  invoice: z.object({
    id,
    amount_paid: amount,
    amount_due: amount.optional(),
    amount_paid_off_stripe: amount.nullish(),
    currency: ourCurrency,
    created: time,
    attempt_count: z.int().min(0).optional(),
    next_payment_attempt: time.nullish(),
    customer,
    customer_email: z.string().nullish(),
    status_transitions: z.object({ paid_at: time.nullish() }),
    lines: z.object({ data: z.array(z.object({ period: z.object({ start: time, end: time }) })).min(1) }),
  }),
  "upcoming invoice": z.object({
    amount_due: amount,
    currency: ourCurrency,
    next_payment_attempt: time.nullish(),
    period_end: time,
  }),
  subscription: z.object({
    id,
    start_date: time,
    ended_at: time.nullish(),
    cancel_at: time.nullish(),
    canceled_at: time.nullish(),
    customer,
    items: z.object({ data: z.array(z.object({ id, current_period_end: time, price })).min(1) }),
    metadata,
  }),
  refund: z.object({
    id,
    amount,
    currency: code,
    created: time,
    status: z.string().nullish(),
    reason: z.string().nullish(),
  }),
  dispute: z.object({
    id,
    amount,
    currency: code,
    created: time,
    status: z.string(),
    reason: z.string(),
    evidence_details: z.object({ due_by: time.nullish() }),
    balance_transactions: z.array(z.unknown()),
  }),
  "balance transaction": z.object({ id, amount: moved, fee: moved, net: moved, currency: code, created: time }),
  /**
   * An entry in a payout's list, in any currency. It can belong to another site or product that uses the same Stripe
   * account.
   */
  "payout's balance transaction": z.object({ id }),
  payout: z.object({ id, amount: moved, currency: code, arrival_date: time, created: time }),
} as const satisfies Record<string, z.ZodType>;
