// For a form that was sent twice: the second request waits for the result of the first, and sends Stripe nothing.
import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { findRequest } from "../../domain/newsroom/people/store/requests";
import type { StaffRequest } from "../../generated/sqlite/client";
import type { Db } from "../database";

/** The most checks. With the interval below, they take nine seconds: as long as a person waits for Stripe. */
const MAX_CHECKS = 36;
const CHECK_EVERY_MS = 250;

/** Returns the request once Stripe has responded or the time limit has passed. */
export async function waitForStripesAnswer(db: Db, request: StaffRequest): Promise<StaffRequest> {
  for (let check = 0; check < MAX_CHECKS; check++) {
    const found = (await findRequest(db, request.id)) ?? request;
    if (found.status !== "asking") return found;
    await delay(CHECK_EVERY_MS);
  }
  return request;
}
