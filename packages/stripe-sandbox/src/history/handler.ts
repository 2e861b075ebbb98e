// Answers POST /_sandbox/history. A repeated call with the same seed creates nothing. Each call reports on
// the deliveries of the history.
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { readBody } from "../http/body";
import { SimulatedStripeError } from "../http/errors";
import { jsonReply, sendReply } from "../http/reply";
import type { Sandbox } from "../sandbox";
import { createHistoryOnce } from "./create";
import type { HistoryCreationResult, StartedHistoryCreation } from "./creation";
import { countDeliveriesByState, createSuccessfulDeliveryCounter, hasPendingDeliveries } from "./delivered";
import { historyProfileSchema } from "./profile";

/**
 * How many webhook deliveries to an endpoint run at once while the caller waits until the history's events are
 * delivered.
 */
const WIDTH = 16;
const REPORT_EVERY_MS = 250;

type WriteLine = (line: object) => void;

export async function answerCreateHistoryRequest(
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const profile = historyProfileSchema.parse(JSON.parse(await readBody(request)));
    const creation = createHistoryOnce(sandbox, profile);
    response.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
    const writeLine: WriteLine = (line) => void response.write(`${JSON.stringify(line)}\n`);
    const created = await untilCreated(creation, { writeLine, isGone: () => response.destroyed });
    if (created) await report(sandbox, { created, writeLine, isGone: () => response.destroyed });
    response.end();
  } catch (failure) {
    // The status 200 has already been sent, so it cannot report a failure. The caller notices the failure because the
    // last line is missing.
    if (response.headersSent && sandbox.isClosing) return void response.destroy();
    if (response.headersSent) throw failure;
    if (failure instanceof SyntaxError)
      return sendReply(response, jsonReply(400, { error: "the profile is not JSON" }));
    if (failure instanceof z.ZodError) return sendReply(response, jsonReply(400, { error: z.prettifyError(failure) }));
    if (!(failure instanceof SimulatedStripeError)) throw failure;
    sendReply(response, jsonReply(failure.details.status, { error: failure.message }));
  }
}

/**
 * Sends the progress to the caller until the history is created. Returns null if the caller closes the connection, but
 * the history is created all the same.
 */
async function untilCreated(
  creation: StartedHistoryCreation,
  { writeLine, isGone }: { writeLine: WriteLine; isGone: () => boolean },
): Promise<HistoryCreationResult | null> {
  while (!isGone()) {
    if (creation.progress) writeLine({ day: creation.progress.daysDone, days: creation.progress.days });
    const created = await Promise.race([creation.finished, pause(REPORT_EVERY_MS, null)]);
    if (created) return created;
  }
  return null;
}

type Report = { created: HistoryCreationResult; writeLine: WriteLine; isGone: () => boolean };

async function report(sandbox: Sandbox, { created, writeLine, isGone }: Report): Promise<void> {
  const { store, sender } = sandbox;
  const { deliveries } = created;
  const { account } = deliveries;
  sender.setWidth(account, WIDTH);
  sender.wake();
  try {
    const progress = createSuccessfulDeliveryCounter(store, deliveries);
    while (hasPendingDeliveries(store, deliveries) && !isGone()) {
      writeLine({ delivered: progress.delivered(), total: progress.total });
      await pause(REPORT_EVERY_MS);
    }
    if (!isGone()) writeLine({ done: true, payments: created.payments, ...countDeliveriesByState(store, deliveries) });
  } finally {
    // From now on, sends one event at a time again. If the caller has closed the connection early, the sender delivers
    // the waiting events at this slower pace.
    sender.setWidth(account, 1);
  }
}
