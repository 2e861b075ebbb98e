import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { listDeadLetters } from "../domain/ledger/dead-letters";
import { createFreshLedger } from "../prisma/fresh-ledger";
import { parseEventIdOrAll, replayDeadLettersAndCountFailures } from "../tools/database/replay-named-events";
import { bundleCommand } from "../tools/test/bundle-command";
import { testInFullRun } from "../tools/test/full-run";
import { type Db, database } from "./database";
import { replayEvents } from "./dead-letters";
import { receiveWebhook } from "./fast-path/receive";
import { makeTestGiftMetadata } from "./testing/own-metadata";

const secret = "whsec_for_this_test_only";
let stripe: Server;
let db: Db;
const events = new Map<string, object>();

beforeAll(async () => {
  stripe = createServer((request, response) => {
    const event = events.get(request.url?.split("/").pop() ?? "");
    response.writeHead(event ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(event ?? { error: { type: "invalid_request_error", message: "No such event" } }));
  });
  await new Promise<void>((resolve) => stripe.listen(0, "127.0.0.1", resolve));
  Object.assign(process.env, {
    SITE_URL: "http://127.0.0.1:3000",
    DATABASE_URL: await createFreshLedger(),
    ERASURES_FILE: join(mkdtempSync(join(tmpdir(), "appeal-letters-")), "erasures.jsonl"),
    STRIPE_SECRET_KEY: "sk_test_letters",
    STRIPE_WEBHOOK_SECRET: secret,
    STRIPE_API_BASE: `http://127.0.0.1:${(stripe.address() as AddressInfo).port}`,
    SMTP_URL: "smtp://127.0.0.1:9",
    NEXTAUTH_SECRET: "x".repeat(32),
    IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  });
  db = await database();
});
afterAll(async () => {
  await db.$disconnect();
  stripe.closeAllConnections();
  stripe.close();
});
beforeEach(() => db.receivedEvent.deleteMany());

function charged(id: string, currency: string) {
  const charge = {
    ...{ id: `ch_${id}`, object: "charge", payment_intent: `pi_${id}`, status: "succeeded", balance_transaction: null },
    ...{ amount: 1500, currency, created: Math.floor(Date.now() / 1000) },
    metadata: makeTestGiftMetadata(id),
  };
  const { created } = charge;
  return {
    id: `evt_${id}`,
    object: "event",
    type: "charge.succeeded",
    livemode: false,
    created,
    data: { object: charge },
  };
}

/**
 * Sends the webhook an event in an unknown currency, and lets the fake Stripe return the event when it is fetched
 * again.
 */
async function comes(id: string): Promise<void> {
  const event = charged(id, "xts");
  events.set(event.id, event);
  const payload = JSON.stringify(event);
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
  expect(await receiveWebhook({ raw: Buffer.from(payload), signature })).toBe(200);
}

const becomesReadable = (id: string) => events.set(`evt_${id}`, charged(id, "eur"));

test("lists a dead letter by id and type, delays its next retry after each failure, and records it once it can be read", async () => {
  await comes("once");
  const [letter] = await listDeadLetters(db);
  expect(letter).toMatchObject({ id: "evt_once", type: "charge.succeeded", attempts: 1 });

  expect(await replayEvents(db, await listDeadLetters(db))).toEqual({ recorded: 0, failed: 1 });
  const [again] = await listDeadLetters(db);
  expect(again?.attempts).toBe(2);
  expect(again?.retryAfter?.getTime()).toBeGreaterThan(letter?.retryAfter?.getTime() ?? 0);

  becomesReadable("once");
  expect(await replayEvents(db, await listDeadLetters(db))).toEqual({ recorded: 1, failed: 0 });
  expect(await listDeadLetters(db)).toEqual([]);
  expect(await db.payment.findUnique({ where: { paymentIntentId: "pi_once" } })).toMatchObject({ currency: "EUR" });
});

test("starts no retry after the time limit, so all stay dead letters", async () => {
  for (const id of ["a", "b"]) await comes(id);
  expect(await replayEvents(db, await listDeadLetters(db), new Date(0))).toEqual({ recorded: 0, failed: 0 });
  expect(await listDeadLetters(db)).toHaveLength(2);
});

test("the command retries all failed events and prints each result", async () => {
  for (const id of ["c", "d"]) await comes(id);
  becomesReadable("c");
  const lines = vi.spyOn(console, "log").mockReturnValue();
  onTestFinished(() => lines.mockRestore());
  expect(await replayDeadLettersAndCountFailures(db, parseEventIdOrAll(["--all"]))).toBe(1);
  expect(lines.mock.calls.flat()).toEqual([
    "  evt_c  charge.succeeded  recorded",
    expect.stringMatching(/^ {2}evt_d {2}charge\.succeeded {2}./),
    "1 recorded, 1 still failed",
  ]);
});

testInFullRun("the command runs as a process of its own, and fails if an event fails", async () => {
  for (const id of ["c", "d"]) await comes(id);
  becomesReadable("c");
  const command = await bundleCommand("tools/database/events-replay.ts");
  const started = promisify(execFile)(process.execPath, [command, "--all"]);
  const { code, stdout } = await started.then(
    () => ({ code: 0, stdout: "" }),
    (failed: { code: number; stdout: string }) => failed,
  );
  expect(code).toBe(1);
  expect(stdout).toMatch(/evt_c {2}charge\.succeeded {2}recorded\n(.|\n)*1 recorded, 1 still failed/);
});

test("the command retries a named event, and refuses an event that has not failed and unknown arguments", async () => {
  for (const id of ["e", "f"]) await comes(id);
  becomesReadable("e");
  const lines = vi.spyOn(console, "log").mockReturnValue();
  expect(await replayDeadLettersAndCountFailures(db, parseEventIdOrAll(["evt_e"]))).toBe(0);
  expect(lines.mock.calls).toEqual([["  evt_e  charge.succeeded  recorded"], ["1 recorded, 0 still failed"]]);
  expect(await replayDeadLettersAndCountFailures(db, parseEventIdOrAll(["evt_f"]))).toBe(1);
  await expect(replayDeadLettersAndCountFailures(db, "evt_e")).rejects.toThrow("not among the failed");
  for (const args of [[], ["evt_e", "evt_f"], ["evt_e", "--all"]])
    expect(() => parseEventIdOrAll(args)).toThrow("npm run events:replay --");
});
