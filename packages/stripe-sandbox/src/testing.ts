// Helpers for a site's tests: a stand-in, an endpoint that verifies its events, and a payer who fills in pages.
export { accountIdOf } from "./account";
export { advanceAccount, handleAllDueObjects } from "./stories/handle-due-objects";
export {
  clientFor,
  control,
  fillIn,
  KEY,
  monthlyGiftParams,
  oneTimeGiftParams,
  openTestSandbox,
  type Received,
  SECRET,
  submitForm,
  type TestSandbox,
  type TestSandboxOptions,
  waitUntil,
} from "./testing/bench";
export {
  advanceTo,
  changeCard,
  DAY,
  drainEvents,
  HOUR,
  itemOf,
  monthlyPriceData,
  subscribe,
} from "./testing/subscriber";
