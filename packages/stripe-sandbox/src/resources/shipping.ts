// Shipping address and recipient on payment intents and charges.
import type Stripe from "stripe";
import type { Read } from "../http/params";
import { object, required, text } from "../http/params";
import { ADDRESS, addressOf } from "./address";

export const SHIPPING = object({
  address: required(ADDRESS),
  name: required(text()),
  carrier: text(),
  phone: text(),
  tracking_number: text(),
});
type Given = NonNullable<Read<{ shipping: typeof SHIPPING }>["shipping"]>;

export function shippingOf({ address, name, carrier, phone, tracking_number }: Given): Stripe.PaymentIntent.Shipping {
  return {
    address: addressOf(address),
    name,
    carrier: carrier ?? null,
    phone: phone ?? null,
    tracking_number: tracking_number ?? null,
  };
}
