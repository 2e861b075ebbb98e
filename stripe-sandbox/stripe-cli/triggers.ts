// What `stripe trigger` can make here, of the events that a donation site handles: one name a line of Stripe's list.
export const TRIGGERS = `
  charge.failed charge.succeeded
  checkout.session.expired
  coupon.created coupon.deleted coupon.updated
  customer.created customer.deleted customer.updated
  customer.discount.created customer.discount.deleted customer.discount.updated
  payment_intent.canceled payment_intent.created payment_intent.requires_action
  payment_method.attached payment_method.detached
  plan.created plan.deleted plan.updated
  price.created price.updated
  product.created product.deleted product.updated
  promotion_code.created promotion_code.updated
  tax_rate.created tax_rate.updated
  test_helpers.test_clock.advancing test_helpers.test_clock.created test_helpers.test_clock.deleted test_helpers.test_clock.ready
`
  .trim()
  .split(/\s+/);
