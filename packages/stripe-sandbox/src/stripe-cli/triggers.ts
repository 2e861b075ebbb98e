// The events of `stripe trigger` that a donation site handles. Tests trigger them.
export const STRIPE_CLI_TRIGGER_EVENTS = `
  charge.captured charge.failed charge.refunded charge.refund.updated charge.succeeded
  charge.dispute.created charge.dispute.updated charge.dispute.closed
  checkout.session.async_payment_failed checkout.session.async_payment_succeeded
  checkout.session.completed checkout.session.expired
  coupon.created coupon.deleted coupon.updated
  customer.created customer.deleted customer.updated
  customer.discount.created customer.discount.deleted customer.discount.updated
  customer.subscription.created customer.subscription.deleted customer.subscription.paused
  customer.subscription.trial_will_end customer.subscription.updated
  customer.source.created customer.source.updated
  invoice.created invoice.deleted invoice.finalized invoice.marked_uncollectible invoice.paid
  invoice.payment_action_required invoice.payment_failed invoice.sent invoice.updated invoice.voided
  payout.created payout.updated
  payment_intent.canceled payment_intent.created payment_intent.payment_failed payment_intent.processing
  payment_intent.requires_action payment_intent.succeeded
  payment_link.created payment_link.updated
  payment_method.attached payment_method.detached payment_method.updated
  setup_intent.canceled setup_intent.created setup_intent.requires_action setup_intent.setup_failed setup_intent.succeeded
  plan.created plan.deleted plan.updated
  price.created price.updated
  product.created product.deleted product.updated
  promotion_code.created promotion_code.updated
  tax_rate.created tax_rate.updated
  test_helpers.test_clock.advancing test_helpers.test_clock.created test_helpers.test_clock.deleted test_helpers.test_clock.ready
`
  .trim()
  .split(/\s+/);
