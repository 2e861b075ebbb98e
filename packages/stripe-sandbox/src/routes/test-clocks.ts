// Handles the calls for test clocks. Stripe limits the number of customers on a clock. The stand-in does not, so that
// moving one clock forward can renew any number of subscriptions.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { integer, requiredParam, text } from "../http/params";
import { listRoute, type Route, requireObject, retrieveRoute, route } from "../http/route";
import { startAdvancingTestClock } from "../payment-flows/test-clock";
import { deleteCustomer } from "../resources/customers";

const KIND = "test_helpers.test_clock";
const PATH = "/v1/test_helpers/test_clocks";
const DELETED_AFTER = 30 * 86_400;

function createClock(account: Account, input: { frozenTime: number; name?: string | null; customer?: string | null }) {
  if (account.livemode) throw invalidRequest("Test clocks exist only in test mode.");
  const clock: Stripe.TestHelpers.TestClock = {
    id: account.newId("clock_"),
    object: KIND,
    created: account.now(),
    deletes_after: account.now() + DELETED_AFTER,
    frozen_time: input.frozenTime,
    livemode: false,
    name: input.name ?? null,
    status: "ready",
    status_details: {},
  };
  account.put(clock);
  account.emit("test_helpers.test_clock.created", clock);
  if (input.customer) putOnClock(account, clock.id, input.customer);
  return clock;
}

/**
 * Puts an existing customer on the clock, as Stripe can since 2026-05. Throws if the customer already has a clock or
 * subscriptions.
 */
function putOnClock(account: Account, clock: string, id: string): void {
  const customer = requireObject(account, "customer", { id, noun: "customer", param: "customer" });
  const isTaken = customer.test_clock !== null || account.list("subscription", { where: { customer: id } }).length > 0;
  if (isTaken) throw invalidRequest("This customer already has a test clock or subscriptions.", { param: "customer" });
  account.put({ ...customer, test_clock: clock });
}

function deleteClock(account: Account, id: string): Stripe.TestHelpers.DeletedTestClock {
  const clock = requireObject(account, KIND, { id, noun: "test clock" });
  const ofClock = account.onClock(id);
  for (const customer of account.list("customer", { where: { "$.test_clock": id } })) deleteCustomer(ofClock, customer);
  account.store.drop(account.id, id);
  account.emit("test_helpers.test_clock.deleted", clock);
  return { id, object: KIND, deleted: true };
}

export const testClockRoutes: Route[] = [
  route(
    `POST ${PATH}`,
    { frozen_time: requiredParam(integer({ min: 1 })), name: text({ max: 300 }), customer: text() },
    (account, { frozen_time: frozenTime, name, customer }) => createClock(account, { frozenTime, name, customer }),
  ),
  route(`POST ${PATH}/:id/advance`, { frozen_time: requiredParam(integer({ min: 1 })) }, (account, params, id) =>
    startAdvancingTestClock(account, requireObject(account, KIND, { id, noun: "test clock" }), params.frozen_time),
  ),
  route(`DELETE ${PATH}/:id`, {}, (account, _, id) => deleteClock(account, id)),
  retrieveRoute(KIND, PATH, "test clock"),
  listRoute(KIND, PATH, { shape: {}, where: () => ({}) }),
];
