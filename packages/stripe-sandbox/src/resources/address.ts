import type Stripe from "stripe";
import { object, text } from "../http/params";

const ADDRESS_FIELDS = {
  city: text(),
  country: text(),
  line1: text(),
  line2: text(),
  postal_code: text(),
  state: text(),
};

export const ADDRESS_PARAM = object(ADDRESS_FIELDS);

export function addressOf(input: Partial<Record<keyof Stripe.Address, string | null>>): Stripe.Address {
  const { city = null, country = null, line1 = null, line2 = null, postal_code = null, state = null } = input;
  return { city, country, line1, line2, postal_code, state };
}
