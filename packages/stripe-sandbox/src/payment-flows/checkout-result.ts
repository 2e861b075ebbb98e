import type Stripe from "stripe";
import type { Decline } from "../test-cards";

export type CheckoutResult =
  | { kind: "paid"; session: Stripe.Checkout.Session; completedEvent: string | null }
  | { kind: "declined"; decline: Decline }
  | { kind: "challenged" }
  | { kind: "closed"; session: Stripe.Checkout.Session };
