// If a colleague sends a form twice, the second request sends nothing to Stripe. It waits for the result of the first
// request.
import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { findRequestFromColleague } from "../../domain/newsroom/people/store/requests-from-colleagues";
import type { StaffRequest } from "../../generated/sqlite/client";
import type { Db } from "../database";

/**
 * The maximum number of checks. With CHECK_EVERY_MS, they take nine seconds, which is as long as a person waits for
 * Stripe.
 */
const MAX_CHECKS = 36;
const CHECK_EVERY_MS = 250;

/**
 * Waits until Stripe has responded to the colleague's request, or the time limit has passed. Then returns the request.
 */
export async function waitForStripesAnswer(db: Db, request: StaffRequest): Promise<StaffRequest> {
  for (let check = 0; check < MAX_CHECKS; check++) {
    const found = (await findRequestFromColleague(db, request.id)) ?? request;
    if (found.status !== "asking") return found;
    await delay(CHECK_EVERY_MS);
  }
  return request;
}
