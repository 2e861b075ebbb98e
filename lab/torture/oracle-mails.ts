// The functions expected…() compute which e-mails the site should have queued, from Stripe's objects alone, without the
// ledger's rules. The functions recorded…() read which ones it queued, whether or not they were sent.
import type Stripe from "stripe";
import type { Db } from "../../systems/database";

const DAY_MS = 24 * 60 * 60 * 1000;

type IsOwn = (metadata: Stripe.Metadata | null | undefined) => boolean;

/**
 * Returns a line for each failed attempt to charge a renewal. The line contains the attempt's key, the time of Stripe's
 * next attempt, the amount, and the expected number of e-mails (one).
 */
export async function expectedRenewalFailedMails(stripe: Stripe, isOwn: IsOwn): Promise<string[]> {
  const lines = new Set<string>();
  for (const type of ["invoice.payment_failed", "invoice.payment_action_required"] as const)
    for await (const event of stripe.events.list({ limit: 100, type })) {
      const invoice = event.data.object as Stripe.Invoice;
      const isRenewal = invoice.billing_reason !== "subscription_create" && invoice.billing_reason !== "manual";
      if (!isRenewal || !isOwn(invoice.parent?.subscription_details?.metadata)) continue;
      const { id, attempt_count: attempt, next_payment_attempt: next, amount_due: amount, currency } = invoice;
      lines.add(`${id}:${attempt} ${next ?? "given up"} ${amount} ${currency.toUpperCase()} 1`);
    }
  return [...lines].sort();
}

export async function recordedRenewalFailedMails(db: Db): Promise<string[]> {
  const attempts = await db.failedAttempt.findMany({ where: { isRenewal: true } });
  const queued = await countByFact(db, "renewal-failed");
  return attempts
    .map(({ key, nextAttemptAt, amountMinor, currency }) => {
      const next = nextAttemptAt ? nextAttemptAt.getTime() / 1000 : "given up";
      return `${key} ${next} ${amountMinor} ${currency} ${queued.get(`renewal:${key}`) ?? 0}`;
    })
    .sort();
}

/**
 * Returns a line for each bounced bank debit in `bounced`. A line consists of the debit's entry in `bounced` and the
 * expected number of e-mails, which is always 1.
 */
export function expectedDebitBouncedMails(bounced: readonly string[]): string[] {
  return bounced.map((fact) => `${fact} 1`).sort();
}

export async function recordedDebitBouncedMails(db: Db): Promise<string[]> {
  const failed = await db.payment.findMany({ where: { status: "failed" } });
  const queued = await countByFact(db, "debit-bounced");
  return failed
    .map(
      ({ id, invoiceId, paymentIntentId }) =>
        `${invoiceId ?? paymentIntentId} ${queued.get(`debit-bounced:${id}`) ?? 0}`,
    )
    .sort();
}

/**
 * Returns a line for each gift that will still be charged and whose card expires within 30 days. It states the gift's
 * id and the number of e-mails (one).
 */
export async function expectedCardExpiryMails(stripe: Stripe, subscriptions: readonly Stripe.Subscription[]) {
  const lines: string[] = [];
  for (const { id, status, cancel_at, default_payment_method: own, customer } of subscriptions) {
    const isCharged = (status === "active" || status === "past_due") && cancel_at === null;
    if (!isCharged || typeof customer === "string" || customer.deleted) continue;
    const method = own ?? customer.invoice_settings.default_payment_method;
    const { card } = await stripe.paymentMethods.retrieve(String(method));
    const lastDay = card ? Date.UTC(card.exp_year, card.exp_month, 0) : 0;
    if (lastDay > Date.now() && lastDay <= Date.now() + 30 * DAY_MS) lines.push(`${id} 1`);
  }
  return lines.sort();
}

export async function recordedCardExpiryMails(db: Db): Promise<string[]> {
  const queued = await countByFact(db, "card-expires");
  return [...queued].map(([fact, mails]) => `${fact.split(":")[1]} ${mails}`).sort();
}

/**
 * Returns a line for each queued e-mail that has no cause at Stripe. Checks only e-mails about bank debits, about
 * upcoming renewals, and with thanks for a recovered renewal. Does not report missing e-mails, because an e-mail can be
 * missing rightly. For example, the site can learn that a debit settled before it learns that the debit began.
 */
export async function findMailsWithoutCause(db: Db, stripe: Stripe): Promise<string[]> {
  const debits = new Set<string>();
  const failedOnce = new Set<string>();
  const upcoming = new Set<string>();
  for await (const charge of stripe.charges.list({ limit: 100 }))
    if (charge.payment_method_details?.type !== "card") debits.add(String(charge.payment_intent));
  for await (const { payment, invoice } of stripe.invoicePayments.list({ limit: 100 }))
    if (debits.has(String(payment.payment_intent))) debits.add(String(invoice));
  for await (const { data } of stripe.events.list({ limit: 100, type: "invoice.payment_failed" }))
    failedOnce.add(String((data.object as Stripe.Invoice).id));
  for await (const { data } of stripe.events.list({ limit: 100, type: "invoice.upcoming" })) {
    const { parent, next_payment_attempt: next, period_end: ends } = data.object as Stripe.Invoice;
    upcoming.add(`upcoming:${parent?.subscription_details?.subscription}:${next ?? ends}`);
  }
  const payments = new Map((await db.payment.findMany()).map((payment) => [payment.id, payment]));
  const mails = await db.outboxMail.findMany();
  return mails.flatMap(({ kind, factKey, values }) => {
    const payment = payments.get(factKey.split(":")[1] ?? "");
    const fact = payment?.invoiceId ?? payment?.paymentIntentId ?? "";
    const isCalledFor =
      kind === "debit-pending" || kind === "debit-bounced"
        ? debits.has(fact)
        : kind === "renewal-upcoming"
          ? upcoming.has(factKey)
          : kind === "thanks" && JSON.parse(values).isRecovered
            ? failedOnce.has(fact)
            : true;
    return isCalledFor ? [] : [`mails: ${factKey} has no cause at Stripe`];
  });
}

async function countByFact(db: Db, kind: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { factKey } of await db.outboxMail.findMany({ where: { kind } }))
    counts.set(factKey, (counts.get(factKey) ?? 0) + 1);
  return counts;
}
