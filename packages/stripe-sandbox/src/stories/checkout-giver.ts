// Who pays on the Checkout page: the payment method made of what was typed, and the customer that it belongs to.
import type Stripe from "stripe";
import type { Account } from "../account";
import type { SessionAside } from "../objects";
import { changesBetween } from "../resources/changes-between";
import { createCustomer } from "../resources/customers";
import { createCardMethod, createDebitMethod } from "../resources/payment-methods";
import type { Collected } from "../resources/session-collected";
import type { TestCard } from "../test-cards";
import type { TestIban } from "../test-ibans";

/** By what is paid. */
export type Means = CardMeans | DebitMeans;

export interface CardMeans {
  kind: "card";
  card: TestCard;
  expiryMonth: number;
  expiryYear: number;
}

export interface DebitMeans {
  kind: "sepa_debit";
  iban: TestIban;
}

export interface Giver {
  method: Stripe.PaymentMethod;
  collected: Collected;
}

export function methodOf(
  account: Account,
  means: Means,
  collected: Collected,
  allowRedisplay: Stripe.PaymentMethod["allow_redisplay"] = "limited",
): Stripe.PaymentMethod {
  const { email, name, address, phone } = collected;
  const billing = { email, name, address, phone };
  if (means.kind === "sepa_debit") return createDebitMethod(account, { iban: means.iban, billing, allowRedisplay });
  return createCardMethod(account, { ...means, billing, allowRedisplay });
}

/** The customer of the session: given with it, made before, or made now. */
export function customerFor(account: Account, aside: SessionAside, { collected }: Pick<Giver, "collected">): string {
  if (aside.customer) return aside.customer;
  const { email, name, phone, address, individualName } = collected;
  const customer: Stripe.Customer = {
    ...createCustomer(account, { email, name: individualName ?? name, phone }),
    address,
  };
  account.put(customer);
  account.emit("customer.created", customer);
  aside.customer = customer.id;
  return customer.id;
}

/** What the session may write onto the customer it was opened for. */
export function updateCustomer(account: Account, aside: SessionAside, collected: Collected): void {
  if (!aside.asked.customer) return;
  const before = account.get("customer", aside.asked.customer);
  const may = aside.asked.customer_update;
  const after: Stripe.Customer = {
    ...before,
    email: before.email ?? collected.email,
    ...(may?.name === "auto" && collected.name ? { name: collected.individualName ?? collected.name } : {}),
    ...(may?.address === "auto" && collected.address ? { address: collected.address } : {}),
  };
  const previous = changesBetween(before, after);
  if (Object.keys(previous).length === 0) return;
  account.put(after);
  account.emit("customer.updated", after, previous);
}
