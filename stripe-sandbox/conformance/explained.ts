// Differences from Stripe's published examples that are right, each with its reason. Its examples show one object of a
// kind each, written in an older version, so a field that the pinned version has and an example has not is no mistake.
const NEWER = "the pinned API version has it, the example is older";
const WHEN_KNOWN = "Stripe shows it where it applies, the example's object is another case";

export const EXPLAINED: Record<string, string> = {
  "balance.connect_reserved": "only for platforms",
  "charge.outcome.risk_level": WHEN_KNOWN,
  "charge.outcome.risk_score": WHEN_KNOWN,
  "charge.payment_method_details.card.electronic_commerce_indicator": NEWER,
  "charge.radar_options": WHEN_KNOWN,
  "charge.refunds": "since 2022-11-15 only where it is expanded",
  "checkout.session.allowed_payment_method_types": NEWER,
  "checkout.session.payment_method_options.card": WHEN_KNOWN,
  "customer.customer_account": NEWER,
  "event.data.previous_attributes": WHEN_KNOWN,
  "payment_intent.allowed_payment_method_types": NEWER,
  "payment_intent.automatic_payment_methods.allow_redirects": WHEN_KNOWN,
  "payment_intent.payment_method_options.card": WHEN_KNOWN,
  "payment_intent.payment_record": NEWER,
  "product.tax_details": NEWER,
  "test_helpers.test_clock.status_details.advancing": WHEN_KNOWN,
  "webhook_endpoint.secret": "only in the answer that makes the endpoint",
};
