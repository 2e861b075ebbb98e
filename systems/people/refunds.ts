// Refunds that colleagues request. A request is stored in the ledger before Stripe is asked, and a background job asks
// again until Stripe has responded. A hanging Stripe, a crash or a double click must not make a second refund.
import "server-only";
import {
  type ConfirmRefundResult,
  confirmRefundRequest,
  endRequestAwaitingSecondColleague,
  listRequestsFromColleaguesPastExpiry,
  type NewRefundRequestFromColleague,
  type StoreRequestFromColleagueResult,
  storeRefundRequestFromColleague,
} from "../../domain/newsroom/people/requests-from-colleagues";
import {
  findRequestFromColleague,
  selectDueRefundRequestsFromColleagues,
} from "../../domain/newsroom/people/store/requests-from-colleagues";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import type { StaffRequest } from "../../generated/sqlite/client";
import { publication } from "../../publication";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { log, redactError } from "../log";
import { tryStripeCall } from "../stripe/ask";
import { runBackgroundJobsSoon } from "../wake-jobs";
import { waitForStripesAnswer } from "./await-answer";
import { carryOutRefund, recordRefundInAuditLog } from "./carry-out-refund";

type Sent = Omit<NewRefundRequestFromColleague, "publication" | "now">;

/**
 * Stores a colleague's request for a refund. Asks Stripe for the refund, unless a second colleague must confirm it
 * first. If Stripe was asked, waits until it has responded or the time limit has passed. Returns the stored request, or
 * the refusal.
 */
export async function requestRefund(db: Db, sent: Sent): Promise<StoreRequestFromColleagueResult> {
  const { colleague } = sent;
  const requested = await db.$transaction(async (tx) => {
    const result = await storeRefundRequestFromColleague(tx, { ...sent, publication, now: currentTime() });
    if (result.kind === "new")
      await recordRefundInAuditLog(tx, { request: result.request, kind: "refund-asked", colleague });
    return result;
  });
  if (requested.kind === "refused") return requested;
  const { request } = requested;
  return {
    ...requested,
    request: await (requested.kind === "new" ? ask(db, request, colleague) : waitForStripesAnswer(db, request)),
  };
}

type Confirming = { id: string; colleague: Colleague; shownKeptMinor: number };

export async function confirmWaitingRefund(db: Db, sent: Confirming): Promise<ConfirmRefundResult> {
  const { colleague } = sent;
  const confirmed = await db.$transaction(async (tx) => {
    const result = await confirmRefundRequest(tx, { ...sent, publication, now: currentTime() });
    if (result.kind === "confirmed")
      await recordRefundInAuditLog(tx, { ...result, kind: "refund-confirmed", colleague });
    return result;
  });
  if (confirmed.kind === "refused") return confirmed;
  return { ...confirmed, request: await ask(db, confirmed.request, colleague) };
}

/**
 * Declines a refund that waits for a second colleague; does nothing if it no longer waits. The colleague who asked for
 * it can also decline it.
 */
export async function declineRefundRequest(
  db: Db,
  { id, colleague }: { id: string; colleague: Colleague },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const request = await endRequestAwaitingSecondColleague(tx, { id, status: "declined", now: currentTime() });
    if (request) await recordRefundInAuditLog(tx, { request, kind: "refund-declined", colleague });
  });
}

const MAX_REFUNDS = 20;

/**
 * Asks Stripe again for refunds that it has not made yet. Also ends requests for refunds that no second colleague
 * confirmed in time. Returns true if more refunds can be due.
 */
export async function continueRefunds(db: Db, now: Date): Promise<boolean> {
  for (const { id } of await listRequestsFromColleaguesPastExpiry(db, now))
    await db.$transaction(async (tx) => {
      const request = await endRequestAwaitingSecondColleague(tx, { id, status: "expired", now });
      if (request) await recordRefundInAuditLog(tx, { request, kind: "refund-expired", colleague: null });
    });
  const due = await selectDueRefundRequestsFromColleagues(db, { now, limit: MAX_REFUNDS });
  for (const request of due)
    await carryOutRefund(db, request, null).catch((error: unknown) =>
      log.warn(
        { request: request.id, error: redactError(error) },
        "Stripe did not answer a refund; the job will ask again",
      ),
    );
  return due.length === MAX_REFUNDS;
}

/**
 * Asks Stripe for the refund and returns the request's new state. If the request still waits for a second colleague,
 * returns it unchanged and does not ask Stripe. If Stripe does not respond in time, a background job asks again.
 */
async function ask(db: Db, request: StaffRequest, colleague: Colleague): Promise<StaffRequest> {
  if (request.status === "waiting") return request;
  await tryStripeCall(() => carryOutRefund(db, request, colleague), { about: { request: request.id } });
  runBackgroundJobsSoon();
  return (await findRequestFromColleague(db, request.id)) ?? request;
}
