// Helpers for the tests of a site.
export { accountIdOf } from "./account";
export { advanceAccountClock, handleAllDueObjects } from "./payment-flows/handle-due-objects";
export {
  advanceClockTo,
  awaitAndDiscardEvents,
  changeCard,
  createTestSubscription,
  DAY_SECONDS,
  firstSubscriptionItemOf,
  HOUR_SECONDS,
  monthlyPriceData,
} from "./testing/subscriber";
export {
  monthlyGiftParams,
  oneTimeGiftParams,
  openTestSandbox,
  postControlAction,
  type ReceivedEvent,
  stripeClientFor,
  submitCheckoutForm,
  submitForm,
  TEST_API_KEY,
  TEST_WEBHOOK_SECRET,
  type TestSandbox,
  type TestSandboxOptions,
  waitUntil,
} from "./testing/test-sandbox";
