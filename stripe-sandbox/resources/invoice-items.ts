// Invoice items: sums that wait for the customer's next invoice, or for that of one subscription.
import type Stripe from "stripe";
import type { Account } from "../account";

/** The items that wait for this invoice; they are its own from now on. */
export function takePendingItems(
  account: Account,
  given: { customer: string; subscription: string | null; invoice: string },
): Stripe.InvoiceItem[] {
  const pending = account
    .list("invoiceitem", { where: { customer: given.customer } })
    .filter(({ invoice, parent }) => {
      const subscription = parent?.subscription_details?.subscription ?? null;
      return invoice === null && (subscription === null || subscription === given.subscription);
    })
    .reverse();
  for (const item of pending) account.put({ ...item, invoice: given.invoice });
  return pending;
}
