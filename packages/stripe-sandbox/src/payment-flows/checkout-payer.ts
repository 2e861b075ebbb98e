import type Stripe from "stripe";
import type { Account } from "../account";
import type { CheckoutSessionInternalState } from "../internal-state";
import type { DetailsCollectedFromPayer } from "../resources/collected-details";
import { createCustomer } from "../resources/customers";
import { createCardMethod, createDebitMethod } from "../resources/payment-methods";
import { previousAttributes } from "../resources/previous-attributes";
import type { TestCard } from "../test-cards";
import type { TestIban } from "../test-ibans";

export type MethodDetails = CardDetails | SepaDebitDetails;

export type CardDetails = {
  kind: "card";
  card: TestCard;
  expiryMonth: number;
  expiryYear: number;
};

export type SepaDebitDetails = {
  kind: "sepa_debit";
  iban: TestIban;
};

export type PayerMethodAndDetails = {
  method: Stripe.PaymentMethod;
  collected: DetailsCollectedFromPayer;
};

export function createPayerMethod(
  account: Account,
  methodDetails: MethodDetails,
  {
    collected,
    allowRedisplay = "limited",
  }: { collected: DetailsCollectedFromPayer; allowRedisplay?: Stripe.PaymentMethod["allow_redisplay"] },
): Stripe.PaymentMethod {
  const { email, name, address, phone } = collected;
  const billing = { email, name, address, phone };
  if (methodDetails.kind === "sepa_debit")
    return createDebitMethod(account, { iban: methodDetails.iban, billing, allowRedisplay });
  return createCardMethod(account, { ...methodDetails, billing, allowRedisplay });
}

export function findOrCreateCustomer(
  account: Account,
  internalState: CheckoutSessionInternalState,
  { collected }: Pick<PayerMethodAndDetails, "collected">,
): string {
  if (internalState.customer) return internalState.customer;
  const { email, name, phone, address, individualName } = collected;
  const customer: Stripe.Customer = {
    ...createCustomer(account, { email, name: individualName ?? name, phone }),
    address,
  };
  account.put(customer);
  account.emit("customer.created", customer);
  internalState.customer = customer.id;
  return customer.id;
}

export function updateExistingCustomer(
  account: Account,
  internalState: CheckoutSessionInternalState,
  collected: DetailsCollectedFromPayer,
): void {
  if (!internalState.requested.customer) return;
  const before = account.get("customer", internalState.requested.customer);
  const may = internalState.requested.customer_update;
  const after: Stripe.Customer = {
    ...before,
    email: before.email ?? collected.email,
    ...(may?.name === "auto" && collected.name ? { name: collected.individualName ?? collected.name } : {}),
    ...(may?.address === "auto" && collected.address ? { address: collected.address } : {}),
  };
  const previous = previousAttributes(before, after);
  if (Object.keys(previous).length === 0) return;
  account.put(after);
  account.emit("customer.updated", after, previous);
}
