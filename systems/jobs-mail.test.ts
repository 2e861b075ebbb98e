import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { queueMail } from "../domain/ledger/outbox";
import { createFreshLedgerAndSettings, testDatabaseProvider } from "../prisma/fresh-ledger";
import { listLetters } from "./content";
import { database } from "./database";
import { deleteExpiredData } from "./delete-expired";
import { env } from "./env";
import { identityCrypto } from "./identity";
import { endJobs, startJobs } from "./jobs";
import { startTestMailServer, type TestMailServer } from "./mail/mail-server-for-tests";
import { runtime } from "./runtime";
import { findSecretsInDatabaseFiles } from "./testing/database-files";
import { parseRawMail } from "./testing/parse-raw-mail";
import { setRuntime } from "./testing/runtime";
import { runBackgroundJobsSoon } from "./wake-jobs";

const [letter] = listLetters("en");
if (!letter) throw new Error("no letter in content/letters/en");
const out = new Date(letter.publishedAt);

let inbox: TestMailServer;

beforeAll(async () => {
  inbox = await startTestMailServer();
  Object.assign(process.env, {
    SITE_URL: "http://127.0.0.1:3000",
    ...(await createFreshLedgerAndSettings()),
    STRIPE_SECRET_KEY: "sk_test_jobs",
    STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
    STRIPE_API_BASE: "http://127.0.0.1:9",
    SMTP_URL: inbox.url,
    NEXTAUTH_SECRET: "x".repeat(32),
    IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  });
  // Sets the site's clock to a minute after the date of the letter.
  setRuntime({ clockAheadMs: out.getTime() + 60_000 - Date.now() });
});
afterAll(async () => {
  await endJobs();
  setRuntime({ clockAheadMs: 0 });
  await inbox.close();
});

function sealed(email: string) {
  const address = identityCrypto().sealAddress(email);
  if (!address) throw new Error("no address");
  return address;
}

test("the jobs send a due reminder and a new letter, once each", async () => {
  const db = await database();
  const before = new Date(out.getTime() - 86_400_000);
  await db.reminder.create({
    data: {
      ...{ id: "a".repeat(32), ...sealed("reminded@example.org"), locale: "en", rhythm: "once" },
      ...{ createdAt: before, confirmedAt: before, nextAt: out },
    },
  });
  const guest = sealed("guest@example.org");
  const until = new Date(out.getTime() + 86_400_000);
  await db.freeSeat.create({ data: { ...guest, locale: "en", until, givenBy: "h", givenAt: before } });
  const { emailHash } = guest;
  await db.letterReader.create({ data: { id: "b".repeat(32), emailHash, byMailSince: before } });
  // Starts the jobs with a fake interval that never fires, so that they run only when a test wakes them.
  vi.useFakeTimers({ toFake: ["setInterval"] });
  startJobs();
  vi.useRealTimers();
  await expect.poll(countMailsAfterWaking, { timeout: 60_000 }).toBe(2);
  expect(inbox.mails.map((raw) => parseRawMail(raw).to).sort()).toEqual(["guest@example.org", "reminded@example.org"]);
  await expect.poll(() => db.letterMailing.count({ where: { finishedAt: { not: null } } })).toBe(1);
  expect(await db.reminder.count()).toBe(0);
});

test("one wake sends all e-mails that are due, although the first six are out of date", async () => {
  const db = await database();
  await expect.poll(isIdle, { timeout: 60_000 }).toBe(true);
  inbox.mails.splice(0);
  // One round of the job handles five e-mails.
  for (let n = 1; n <= 6; n++) await queueSignIn(`late-${n}`, new Date(out.getTime() - 86_400_000));
  for (let n = 1; n <= 12; n++) await queueSignIn(`person-${n}`, out);
  runBackgroundJobsSoon();
  await expect.poll(() => inbox.mails.length, { timeout: 60_000 }).toBe(12);
  expect(await db.outboxMail.count({ where: { sentAt: null, factKey: { startsWith: "sign-in:late-" } } })).toBe(6);
});

test.runIf(testDatabaseProvider === "sqlite")(
  "what the jobs delete of an e-mail that is out of date is soon in no file of the database",
  async () => {
    const db = await database();
    await expect.poll(isIdle, { timeout: 60_000 }).toBe(true);
    setRuntime({ hasTraces: false });
    const token = await queueSignIn("late-and-alone", new Date(out.getTime() - 86_400_000));
    expect(findSecretsInDatabaseFiles(env().DATABASE_URL, [token])).toEqual([token]);
    runBackgroundJobsSoon();
    const dropped = { factKey: "sign-in:late-and-alone", sendAfter: null };
    await expect.poll(() => db.outboxMail.count({ where: dropped }), { timeout: 60_000 }).toBe(1);
    await expect.poll(isIdle, { timeout: 60_000 }).toBe(true);
    await deleteExpiredData(db, new Date(out.getTime() + 10 * 60_000));
    expect(findSecretsInDatabaseFiles(env().DATABASE_URL, [token])).toEqual([]);
  },
);

/** Queues a sign-in link and returns its encrypted token, as the database stores it. */
async function queueSignIn(name: string, now: Date): Promise<string> {
  const tokenSealed = identityCrypto().seal(name);
  await (await database()).$transaction((tx) =>
    queueMail(tx, {
      ...{ kind: "sign-in", values: { tokenSealed, next: "/supporters" }, now },
      ...{ factKey: `sign-in:${name}`, to: { ...sealed(`${name}@example.org`), locale: "en" } },
    }),
  );
  return tokenSealed;
}

function countMailsAfterWaking(): number {
  runBackgroundJobsSoon();
  return inbox.mails.length;
}

/**
 * Returns true if no job is running and none will start soon. The jobs then start only when the test itself calls
 * runBackgroundJobsSoon().
 */
function isIdle(): boolean {
  const runners = Object.values(runtime.jobRunners ?? {});
  return runtime.wakeTimer === undefined && runners.every(({ running }) => !running);
}
