import type Stripe from "stripe";
import type { ParsedParams } from "../http/params";
import { object, requiredParam, text } from "../http/params";
import { ADDRESS_PARAM, addressOf } from "./address";

export const SHIPPING_PARAM = object({
  address: requiredParam(ADDRESS_PARAM),
  name: requiredParam(text()),
  carrier: text(),
  phone: text(),
  tracking_number: text(),
});
type ShippingParams = NonNullable<ParsedParams<{ shipping: typeof SHIPPING_PARAM }>["shipping"]>;

export function shippingOf({
  address,
  name,
  carrier,
  phone,
  tracking_number,
}: ShippingParams): Stripe.PaymentIntent.Shipping {
  return {
    address: addressOf(address),
    name,
    carrier: carrier ?? null,
    phone: phone ?? null,
    tracking_number: tracking_number ?? null,
  };
}
