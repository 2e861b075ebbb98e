import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { ALERT_AFTER_SLOWED_GIFTS, countRateLimitedGiftAndAlertStaff } from "../domain/newsroom/alerts";
import { queueAndSendStaffChatMessages } from "./chat";
import { currentTime } from "./clock";
import { parseEnv } from "./env";
import { log } from "./log";
import { setRuntime } from "./testing/runtime";
import { openStaffFixture, type StaffFixture } from "./testing/staff-fixture";

const SECRET = "T000/B000/only-for-tests";
const FRAUD = "4000 0000 0000 0259";
const MINUTE_MS = 60_000;

type Chat = (request: IncomingMessage, response: ServerResponse) => void;
const accepts: Chat = (_, response) => void response.writeHead(200).end("ok");
const status =
  (code: number, headers = {}): Chat =>
  (_, response) =>
    void response.writeHead(code, headers).end("no");

let answer: Chat = accepts;
let acceptedBodies: string[] = [];
let requests = 0;
const chat = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  requests += 1;
  if (answer === accepts) acceptedBodies.push(Buffer.concat(chunks).toString());
  answer(request, response);
});
chat.listen(0, "127.0.0.1");
await once(chat, "listening");
process.env.CHAT_WEBHOOK_URL = `http://127.0.0.1:${(chat.address() as AddressInfo).port}/services/${SECRET}`;

let staff: StaffFixture;
beforeAll(async () => {
  staff = await openStaffFixture();
});
afterAll(async () => {
  await staff.close();
  chat.closeAllConnections();
  chat.close();
});
beforeEach(async () => {
  vi.restoreAllMocks();
  await staff.reset();
  [answer, acceptedBodies, requests] = [accepts, [], 0];
});

let timeout = new AbortController();
/** A chat that never responds. It triggers the timeout as soon as it has the request, so that no test waits. */
const silent: Chat = () => timeout.abort(new DOMException("", "TimeoutError"));

/** Runs the job once, without waiting for 30 seconds after its last run. */
function runJob(): Promise<boolean> {
  setRuntime({ chatAfterMs: 0 });
  timeout = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockReturnValue(timeout.signal);
  return queueAndSendStaffChatMessages(staff.db(), currentTime());
}

const texts = () => acceptedBodies.map((body) => (JSON.parse(body) as { text: string }).text);

async function fail(id: string): Promise<void> {
  const failed = { outcome: "failed", error: "{}", attempts: 1 };
  const event = { id, type: "charge.updated", receivedAt: currentTime() };
  await staff.db().receivedEvent.create({ data: { ...event, ...failed } });
}

async function check(id: string, objects: string[]): Promise<void> {
  const at = currentTime();
  const row = { id, mode: "check", phase: "done", startedAt: at, finishedAt: at };
  await staff.db().booksCheck.create({ data: row });
  const differences = objects.map((object) => ({
    checkId: id,
    object,
    place: "payment.amountMinor",
    cause: "differs",
  }));
  await staff.db().booksDifference.createMany({ data: differences });
}

test("a new dispute is reported once, with its deadline and page, and without a person or an amount", async () => {
  const payment = await staff.give({ card: FRAUD, amount: 98_765 });
  const { id } = await staff.db().dispute.findFirstOrThrow();
  await runJob();
  staff.wait(2 * 60 * MINUTE_MS);
  await runJob();
  expect(texts()).toHaveLength(1);
  const [text = ""] = texts();
  expect(text).toMatch(/: A bank disputes a payment\. Evidence is due by \w+ \d+, \d{4}, /);
  expect(text).toContain(`/newsroom/disputes/${id}`);
  expect(text).not.toMatch(/987|anna|@/);
  expect(text).not.toContain(payment.id);
  expect(text).not.toContain(payment.supporterId ?? "?");
  expect(Object.keys(JSON.parse(acceptedBodies[0] ?? "{}"))).toEqual(["text"]);
});

test("three runs of the job at the same moment send one message", async () => {
  await staff.give({ card: FRAUD });
  await Promise.all([runJob(), runJob(), runJob()]);
  await runJob();
  expect(texts()).toHaveLength(1);
});

test("failed events, bursts of attempts to give and differences in the books are reported, each kind in one message and at most once an hour", async () => {
  await fail("evt_1");
  for (let reader = 0; reader < ALERT_AFTER_SLOWED_GIFTS; reader++)
    await countRateLimitedGiftAndAlertStaff(staff.db(), {
      action: "start",
      now: currentTime(),
      locale: "en",
      staff: [],
    });
  await check("check_1", ["pi_1"]);
  await runJob();
  expect(texts().map((text) => text.split(": ")[1]?.slice(0, 12))).toEqual([
    "An event fro",
    "Many gifts w",
    "The books ne",
  ]);
  await fail("evt_2");
  await fail("evt_3");
  staff.wait(10 * MINUTE_MS);
  await runJob();
  expect(texts()).toHaveLength(3);
  staff.wait(51 * MINUTE_MS);
  await runJob();
  expect(
    texts()
      .slice(3)
      .map((text) => text.includes("2 events from Stripe")),
  ).toEqual([true]);
});

test("differences that remain the next day are not reported again, and new ones are", async () => {
  await check("check_1", ["pi_1"]);
  await runJob();
  staff.wait(24 * 60 * MINUTE_MS);
  await check("check_2", ["pi_1"]);
  await runJob();
  expect(texts()).toHaveLength(1);
  staff.wait(24 * 60 * MINUTE_MS);
  await check("check_3", ["pi_1", "pi_2"]);
  await runJob();
  expect(texts()).toHaveLength(2);
});

test.each([12, 205])("new differences are reported while %i others are not done", async (length) => {
  const objects = Array.from({ length }, (_, index) => `pi_${index + 1000}`);
  await check("check_1", objects);
  await runJob();
  staff.wait(24 * 60 * MINUTE_MS);
  await check("check_2", objects);
  await runJob();
  expect(texts()).toHaveLength(1);
  staff.wait(24 * 60 * MINUTE_MS);
  await check("check_3", [...objects, "pi_9999"]);
  await runJob();
  expect(texts()).toHaveLength(2);
});

test("a difference that replaces another is reported, and its disappearance is not", async () => {
  await check("check_1", ["pi_1", "pi_2"]);
  await runJob();
  staff.wait(24 * 60 * MINUTE_MS);
  await check("check_2", ["pi_1", "pi_3"]);
  await runJob();
  expect(texts()).toHaveLength(2);
  staff.wait(24 * 60 * MINUTE_MS);
  await check("check_3", ["pi_1"]);
  await runJob();
  expect(texts()).toHaveLength(2);
});

test("a new failed event is reported, even if hundreds failed before", async () => {
  const receivedAt = currentTime();
  const failed = { type: "charge.updated", receivedAt, outcome: "failed", error: "{}", attempts: 1 };
  const data = Array.from({ length: 250 }, (_, index) => ({ ...failed, id: `evt_old_${index}` }));
  await staff.db().receivedEvent.createMany({ data });
  await runJob();
  staff.wait(61 * MINUTE_MS);
  const before = texts().length;
  await fail("evt_new");
  await runJob();
  expect(texts()).toHaveLength(before + 1);
  staff.wait(61 * MINUTE_MS);
  await runJob();
  expect(texts().length).toBeLessThanOrEqual(before + 2);
});

test.each([
  ["an error", status(500)],
  ["a redirect", status(302, { location: "/elsewhere" })],
  ["a limit", status(429)],
  ["nothing at all", silent],
  ["a closed connection", ((request) => void request.socket.destroy()) as Chat],
])("a chat that answers with %s is asked again later, and gets the message once", async (_, bad) => {
  const warned = vi.spyOn(log, "warn").mockImplementation(() => {});
  await fail("evt_1");
  answer = bad;
  await runJob();
  await runJob();
  expect(requests).toBe(1);
  answer = accepts;
  staff.wait(MINUTE_MS);
  await runJob();
  await runJob();
  expect(texts()).toHaveLength(1);
  expect(requests).toBe(2);
  expect(warned).toHaveBeenCalledTimes(1);
  expect(JSON.stringify(warned.mock.calls)).not.toContain(SECRET);
});

test("a message that the chat has refused for three days is given up", async () => {
  vi.spyOn(log, "warn").mockImplementation(() => {});
  await fail("evt_1");
  answer = status(404);
  for (let day = 0; day < 5; day++) {
    await runJob();
    staff.wait(24 * 60 * MINUTE_MS);
  }
  expect(requests).toBe(4);
  answer = accepts;
  await runJob();
  expect(texts()).toEqual([]);
});

test("the setting accepts only an https URL, or any http URL on this machine", () => {
  const parse = (url: string) => () => parseEnv({ ...process.env, CHAT_WEBHOOK_URL: url });
  expect(parse("https://hooks.example/services/x")).not.toThrow();
  expect(parse("http://localhost:8065/hooks/x")).not.toThrow();
  for (const url of ["http://hooks.example/x", "ftp://hooks.example/x", "hooks.example"])
    expect(parse(url)).toThrow(/CHAT_WEBHOOK_URL is wrong/);
});
