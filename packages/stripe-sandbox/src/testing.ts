// For the tests of a site: a stand-in of its own with an endpoint that verifies what it gets, and a payer who fills in pages.
export { accountIdOf } from "./account";
export { advanceAccount, runDue } from "./stories/due";
export {
  type Bench,
  type BenchOptions,
  clientFor,
  control,
  fillIn,
  giftMonthly,
  giftOnce,
  KEY,
  openBench,
  type Received,
  SECRET,
  submit,
  until,
} from "./testing/bench";
export { advanceTo, changeCard, DAY, HOUR, itemOf, monthly, settle, subscribe } from "./testing/subscriber";
