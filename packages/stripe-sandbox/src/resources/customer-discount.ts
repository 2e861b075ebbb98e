// A customer's discount. Older callers set it with `coupon`; every caller may remove it.
import type Stripe from "stripe";
import type { Account } from "../account";
import { missing } from "../http/errors";
import { found, type Route, route } from "../http/route";
import { createDiscount, type Granted } from "./discounts";

/** Sets or changes it, removes it with null, leaves it with undefined. Its event comes before the customer's own. */
export function withDiscount(account: Account, customer: Stripe.Customer, granted: Granted): Stripe.Customer {
  if (granted.coupon === undefined && granted.promotion_code === undefined) return customer;
  if (!granted.coupon && !granted.promotion_code)
    return customer.discount ? withoutDiscount(account, customer) : customer;
  const before = customer.discount;
  const discount = createDiscount(account, granted, { to: { customer: customer.id } });
  const discounted: Stripe.Customer = { ...customer, discount };
  account.put(discounted);
  if (before) {
    account.store.drop(account.id, before.id);
    account.emit("customer.discount.updated", discount, { id: before.id, source: before.source });
  } else account.emit("customer.discount.created", discount);
  return discounted;
}

function withoutDiscount(account: Account, customer: Stripe.Customer): Stripe.Customer {
  const free: Stripe.Customer = { ...customer, discount: null };
  account.put(free);
  if (!customer.discount) return free;
  account.store.drop(account.id, customer.discount.id);
  account.emit("customer.discount.deleted", customer.discount);
  return free;
}

function remove(account: Account, id: string): Stripe.DeletedDiscount {
  const customer = found(account, "customer", { id, noun: "customer" });
  if (!customer.discount) throw missing("customer discount", id);
  const { deleted: _, end: __, ...discount } = customer.discount;
  withoutDiscount(account, customer);
  return { ...discount, deleted: true };
}

export const customerDiscountRoutes: Route[] = [
  route("DELETE /v1/customers/:id/discount", {}, (account, _, id) => remove(account, id)),
];
