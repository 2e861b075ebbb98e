// Sets and removes a customer's discount. Every API version can remove it. Only older versions can set it, with the
// parameter `coupon` or `promotion_code`.
import type Stripe from "stripe";
import type { Account } from "../account";
import { notFoundError } from "../http/errors";
import { type Route, requireObject, route } from "../http/route";
import { createDiscount, type DiscountParams } from "./discounts";

/**
 * Sets the discount that `coupon` or `promotion_code` names. A null or empty value removes the discount; if both are
 * undefined, the discount is kept. In an update, the discount's event precedes `customer.updated`.
 */
export function applyCustomerDiscount(
  account: Account,
  customer: Stripe.Customer,
  params: DiscountParams,
): Stripe.Customer {
  if (params.coupon === undefined && params.promotion_code === undefined) return customer;
  if (!params.coupon && !params.promotion_code)
    return customer.discount ? withoutDiscount(account, customer) : customer;
  const before = customer.discount;
  const discount = createDiscount(account, params, { owner: { customer: customer.id } });
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
  const customer = requireObject(account, "customer", { id, noun: "customer" });
  if (!customer.discount) throw notFoundError("customer discount", id);
  const { deleted: _, end: __, ...discount } = customer.discount;
  withoutDiscount(account, customer);
  return { ...discount, deleted: true };
}

export const customerDiscountRoutes: Route[] = [
  route("DELETE /v1/customers/:id/discount", {}, (account, _, id) => remove(account, id)),
];
