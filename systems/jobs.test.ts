import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { queueMail } from "../domain/ledger/outbox";
import { createFreshLedgerAndSettings } from "../prisma/fresh-ledger";
import { type Db, database } from "./database";
import { identityCrypto } from "./identity";
import { endJobs, startJobs } from "./jobs";
import { runtime } from "./runtime";
import { runBackgroundJobsSoon } from "./wake-jobs";

let db: Db;
/** One function for each received e-mail that is not accepted yet. Calling it accepts the e-mail. */
const waiting: (() => void)[] = [];

const mailServer = createServer((socket) => {
  let inMail = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  say("220 slow.example");
  onLine(socket, (line) => {
    if (inMail && line !== ".") return;
    if (inMail) waiting.push(() => say("250 accepted"));
    else say(/^DATA/i.test(line) ? "354 go on" : "250 yes");
    inMail = !inMail && /^DATA/i.test(line);
  });
});

function onLine(socket: Socket, take: (line: string) => void): void {
  let rest = "";
  socket.on("error", () => {});
  socket.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  });
}

beforeAll(async () => {
  await new Promise<void>((done) => mailServer.listen(0, "127.0.0.1", done));
  Object.assign(process.env, {
    SITE_URL: "http://127.0.0.1:3000",
    ...(await createFreshLedgerAndSettings()),
    STRIPE_SECRET_KEY: "sk_test_jobs",
    STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
    STRIPE_API_BASE: "http://127.0.0.1:9",
    SMTP_URL: `smtp://127.0.0.1:${(mailServer.address() as AddressInfo).port}`,
    NEXTAUTH_SECRET: "x".repeat(32),
    IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  });
  db = await database();
});

afterAll(() => {
  mailServer.close();
});

function queueThanks(paymentId: string) {
  const now = new Date();
  const values = {
    paymentId,
    amountMinor: 2000,
    currency: "EUR",
    frequency: "once",
    paidAt: now.toISOString(),
  } as const;
  const sealed = identityCrypto().sealAddress(`${paymentId}@home.example`);
  if (!sealed) throw new Error("no address");
  const mail = { values, factKey: `thanks:${paymentId}`, to: { ...sealed, locale: "en" } };
  return db.$transaction((tx) => queueMail(tx, { kind: "thanks", ...mail, now }));
}

/**
 * `EVERY_MS`: the interval at which jobs.ts runs the jobs. `COLLECT_MS`: how long wake-jobs.ts waits before a run, so that several calls cause only one run.
 */
const [EVERY_MS, COLLECT_MS] = [5_000, 20];

/** Advances the time by `ms`. Resolves when all jobs have ended. Does not wait for the jobs named in `but`. */
async function roundsAfter(ms: number, { but = [] }: { but?: string[] } = {}): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  const runners = Object.entries(runtime.jobRunners ?? {});
  expect(runners).not.toHaveLength(0);
  await Promise.all(runners.filter(([name]) => !but.includes(name)).map(([, { work }]) => work));
}

test("a server that shuts down waits for the e-mail in progress, marks it as sent, and starts no other", async () => {
  for (const paymentId of ["first", "second"]) await queueThanks(paymentId);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  startJobs();
  await roundsAfter(COLLECT_MS, { but: ["mail"] });
  await expect.poll(() => waiting.length, { timeout: 60_000 }).toBe(1);
  let hasEnded = false;
  const ended = endJobs().then(() => {
    hasEnded = true;
  });
  runBackgroundJobsSoon();
  await roundsAfter(COLLECT_MS, { but: ["mail"] });
  expect(hasEnded).toBe(false);
  expect(await db.lease.count()).toBe(1);
  waiting[0]?.();
  await ended;
  expect(await db.outboxMail.count({ where: { sentAt: { not: null } } })).toBe(1);
  expect(await db.lease.count()).toBe(0);
  runBackgroundJobsSoon();
  await roundsAfter(EVERY_MS + COLLECT_MS);
  expect(await db.lease.count()).toBe(0);
  expect(waiting).toHaveLength(1);
});
