import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { clockStillAdvancingError } from "../resources/account-at-test-clock";
import { addBillingIntervals } from "../resources/periods";

const TWO_YEARS = { interval: "year", interval_count: 2 } as const;

/**
 * Begins to advance the test clock. Due objects are handled after the API's answer; the event
 * `test_helpers.test_clock.ready` reports that the clock has reached `to`.
 */
export function startAdvancingTestClock(account: Account, clock: Stripe.TestHelpers.TestClock, to: number) {
  if (clock.status !== "ready") throw clockStillAdvancingError(clock.id);
  const param = "frozen_time";
  if (to <= clock.frozen_time)
    throw invalidRequest("Test clock advancement needs to be after the test clock's current frozen time.", { param });
  if (to > farthest(account, clock))
    throw invalidRequest(
      "You cannot advance more than two intervals from the shortest subscription on the test clock, or two years if there is none.",
      { param },
    );
  const advancing: Stripe.TestHelpers.TestClock = {
    ...clock,
    status: "advancing",
    status_details: { advancing: { target_frozen_time: to } },
  };
  account.put(advancing);
  account.emit("test_helpers.test_clock.advancing", advancing);
  account.scheduleDueObjectHandling();
  return advancing;
}

function farthest(account: Account, { id, frozen_time: from }: Stripe.TestHelpers.TestClock): number {
  const living = account
    .list("subscription", { where: { "$.test_clock": id } })
    .filter(({ status }) => status !== "canceled" && status !== "incomplete_expired");
  const ends = living.flatMap(({ items }) =>
    items.data.map(({ price }) => addBillingIntervals(from, price.recurring, 2)),
  );
  return ends.length > 0 ? Math.min(...ends) : addBillingIntervals(from, TWO_YEARS, 1);
}

export function setAdvancingTestClockTime(
  account: Account,
  id: string,
  to: { seconds: number; hasArrived: boolean },
): void {
  const clock = account.find("test_helpers.test_clock", id);
  if (clock?.status !== "advancing") return;
  const moved = { ...clock, frozen_time: to.seconds };
  const ready: Stripe.TestHelpers.TestClock = { ...moved, status: "ready", status_details: {} };
  account.put(to.hasArrived ? ready : moved);
  if (to.hasArrived) account.emit("test_helpers.test_clock.ready", ready);
}
