// Helpers for a site's tests.
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
