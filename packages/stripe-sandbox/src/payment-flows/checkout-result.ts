import type Stripe from "stripe";
import type { PaymentMethodDecline } from "../test-cards";

export type CheckoutResult =
  | { kind: "paid"; session: Stripe.Checkout.Session; completedEvent: string | null }
  | { kind: "declined"; decline: PaymentMethodDecline }
  | { kind: "challenged" }
  | { kind: "closed"; session: Stripe.Checkout.Session };
