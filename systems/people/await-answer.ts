// A form that was sent twice: the second press waits for the result of the first, and asks Stripe for nothing.
import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { findRequest } from "../../domain/newsroom/people/store/requests";
import type { StaffRequest } from "../../generated/sqlite/client";
import type { Db } from "../database";

/** Together as long as a person waits for Stripe's answer. */
const LOOKS = 36;
const LOOK_EVERY_MS = 250;

/** The request as it is when Stripe has answered, or when its time to answer is over. */
export async function awaitAnswer(db: Db, request: StaffRequest): Promise<StaffRequest> {
  for (let look = 0; look < LOOKS; look++) {
    const found = (await findRequest(db, request.id)) ?? request;
    if (found.status !== "asking") return found;
    await delay(LOOK_EVERY_MS);
  }
  return request;
}
