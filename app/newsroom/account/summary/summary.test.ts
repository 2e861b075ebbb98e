import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addDays, parseLocalDateTime } from "@/domain/calendar";
import { publication } from "@/publication";
import { queueDailySummaryIfDue } from "@/systems/daily-summary";
import { openTestMailbox } from "@/systems/testing/mailbox";
import { setRuntime } from "@/systems/testing/runtime";
import { openStaffFixture, type StaffFixture } from "@/systems/testing/staff-fixture";
import { POST as remove } from "../../settings/colleagues/[id]/remove/route";
import AccountPage from "../page";
import { POST as choose } from "./route";

let bench: StaffFixture;
let mailbox: Awaited<ReturnType<typeof openTestMailbox>>;
/** Anna has the role "viewer". Boris's role also lets him open the queue. */
let anna: Awaited<ReturnType<StaffFixture["colleague"]>>;
let boris: typeof anna;
let giftDay: string;

beforeAll(async () => {
  bench = await openStaffFixture();
  mailbox = await openTestMailbox();
});
beforeEach(async () => {
  await bench.reset();
  anna = await bench.colleague("anna", { role: "viewer" });
  boris = await bench.colleague("boris", { role: "care" });
});
afterAll(async () => {
  await mailbox.close();
  await bench.close();
});

const at = (time: string, days = 1) =>
  parseLocalDateTime(`${addDays(giftDay, days)}T${time}`, publication.timeZone) as Date;

async function give(...gifts: Parameters<StaffFixture["give"]>[0][]) {
  const payments = [];
  for (const gift of gifts) payments.push(await bench.give(gift));
  const { paidAt } = payments[0] ?? { paidAt: new Date() };
  giftDay = new Intl.DateTimeFormat("sv-SE", { timeZone: publication.timeZone }).format(paidAt);
  await mailbox.take(bench.db());
  return payments;
}

async function runJob(now: Date) {
  setRuntime({ summaryAfterMs: 0 });
  await queueDailySummaryIfDue(bench.db(), now);
  const mails = await mailbox.take(bench.db(), now);
  return mails.filter(({ subject }) => subject.includes("the summary of"));
}

const fullDay = (days: number) =>
  new Intl.DateTimeFormat("en", { dateStyle: "full", timeZone: "UTC" }).format(new Date(addDays(giftDay, days)));

const want = (wanted: "yes" | "no", who = anna) => who.press(choose, {}, { wanted });

test("the daily summary comes at its hour to those who chose it, with the sums of the previous day", async () => {
  await give({ amount: 2_000 }, { amount: 3_050 }, { amount: 4_200, currency: "eur" });
  expect(await runJob(at("09:00"))).toEqual([]);
  await want("yes");
  expect(await anna.text(AccountPage)).toContain("You get the daily summary.");
  expect(await runJob(at("07:59"))).toEqual([]);
  const [mail, ...more] = await runJob(at("08:00"));
  expect(more).toEqual([]);
  expect(mail?.to).toBe("anna@news.example");
  expect(mail?.text).toMatch(/USD, 2 payments +\$50\.50/);
  expect(mail?.html).toContain("$50.50");
  expect(await runJob(at("08:01"))).toEqual([]);
  expect(await runJob(at("23:59"))).toEqual([]);
  const [next] = await runJob(at("08:00", 2));
  expect(next?.text).toContain("No money came in and none was returned.");
});

test("the summary comes at once to a colleague who chooses it in the afternoon, and not again if they stop it and choose it again", async () => {
  await give({ amount: 2_000 }, { amount: 3_050 });
  expect(await runJob(at("15:30"))).toEqual([]);
  await want("yes");
  const [mail, ...more] = await runJob(at("15:31"));
  expect(more).toEqual([]);
  expect(mail?.text).toMatch(/USD, 2 payments +\$50\.50/);
  await want("no");
  await want("yes");
  expect(await runJob(at("15:40"))).toEqual([]);
  expect(await runJob(at("07:59", 2))).toEqual([]);
  expect(await runJob(at("08:00", 2))).toHaveLength(1);
});

test("the summary contains no names, and never shows the amount of a single gift", async () => {
  const payments = await give({ amount: 2_345 }, { amount: 4_200, currency: "eur" });
  await want("yes");
  const [mail] = await runJob(at("08:00"));
  const whole = `${mail?.subject} ${mail?.text} ${mail?.html}`;
  expect(mail?.text).toMatch(/USD, 1 payment +on the newsroom’s page/);
  expect(whole).not.toMatch(/23\.45|42\.00|anna@example/);
  for (const { id, paymentIntentId } of payments) {
    expect(whole).not.toContain(id);
    expect(whole).not.toContain(String(paymentIntentId));
  }
});

test("the summary lists the items in the queue, the nearest deadline and the state of the books", async () => {
  await give({ card: "4000 0000 0000 0259" });
  await want("yes", boris);
  const dispute = await bench.db().dispute.findFirstOrThrow();
  await bench.db().dispute.update({ where: { id: dispute.id }, data: { answerBy: at("18:30", 5) } });
  const [mail] = await runJob(at("08:00"));
  expect(mail?.text).toContain("For a person to look at: 1 open dispute.");
  expect(mail?.text).toMatch(/The next deadline of a dispute is .*(18:30|6:30)/);
  expect(mail?.text).toContain("The books have not been compared with Stripe’s yet.");
  expect(mail?.text).not.toContain(dispute.id);
});

test("the summary says that the queue is empty to a colleague who may open it", async () => {
  await give({}, {});
  await want("yes", boris);
  expect((await runJob(at("08:00")))[0]?.text).toContain("Nothing waits for a person.");
});

test("two servers that run the job at the same time send one e-mail", async () => {
  await give({});
  await want("yes");
  setRuntime({ summaryAfterMs: 0 });
  const first = queueDailySummaryIfDue(bench.db(), at("08:00"));
  setRuntime({ summaryAfterMs: 0 });
  await Promise.all([first, queueDailySummaryIfDue(bench.db(), at("08:00"))]);
  expect(await bench.db().outboxMail.count({ where: { kind: "summary" } })).toBe(1);
  expect((await mailbox.take(bench.db(), at("08:00"))).map(({ to }) => to)).toEqual(["anna@news.example"]);
});

test("reads the list of colleagues once for each summary, and never before its hour", async () => {
  await give({});
  await want("yes");
  let lists = 0;
  const counting = new Proxy(bench.db(), {
    get(target, name) {
      if (name === "staff") lists += 1;
      return Reflect.get(target, name);
    },
  });
  setRuntime({ summaryAfterMs: 0 });
  await queueDailySummaryIfDue(counting, at("07:59"));
  expect(lists).toBe(0);
  await queueDailySummaryIfDue(counting, at("08:00"));
  expect(lists).toBe(1);
  expect(await mailbox.take(bench.db(), at("08:00"))).toHaveLength(1);
});

test("after an outage of several days, one e-mail comes, about the previous day", async () => {
  await give({}, {});
  await want("yes");
  setRuntime({ summaryAfterMs: 0 });
  await queueDailySummaryIfDue(bench.db(), at("08:00"));
  const [mail, ...more] = await runJob(at("08:00", 2));
  expect(more).toEqual([]);
  expect(mail?.subject).toContain(`the summary of ${fullDay(1)}`);
  expect(mail?.text).toContain("No money came in");
  const afterOutage = await runJob(at("15:00", 5));
  expect(afterOutage.map(({ subject }) => subject)).toEqual([expect.stringContaining(`the summary of ${fullDay(4)}`)]);
});

test("after the mail server was unreachable for almost a day, one e-mail comes, at the summary's next hour", async () => {
  await give({}, {});
  await want("yes");
  setRuntime({ summaryAfterMs: 0 });
  await queueDailySummaryIfDue(bench.db(), at("08:00"));
  expect(await runJob(at("07:50", 2))).toEqual([]);
  expect(await runJob(at("08:00", 2))).toHaveLength(1);
  expect(await runJob(at("19:00", 2))).toEqual([]);
});

test("a summary that was delayed by a short outage still comes", async () => {
  await give({}, {});
  await want("yes");
  setRuntime({ summaryAfterMs: 0 });
  await queueDailySummaryIfDue(bench.db(), at("08:00"));
  expect(await runJob(at("19:59"))).toHaveLength(1);
});

test("the summary says nothing about the queue to a colleague who may not open it", async () => {
  await give({ card: "4000 0000 0000 0259" });
  await want("yes");
  const [mail, ...more] = await runJob(at("08:00"));
  expect(more).toEqual([]);
  expect(`${mail?.text} ${mail?.html}`).not.toMatch(/dispute|For a person|waits/);
  expect(mail?.text).toContain("The books have not been compared with Stripe’s yet.");
});

test("a colleague who stops the summary, or is removed, does not get one that is still queued", async () => {
  await give({}, {});
  await want("yes");
  setRuntime({ summaryAfterMs: 0 });
  await queueDailySummaryIfDue(bench.db(), at("08:00"));
  await want("no");
  expect(await runJob(at("08:05"))).toEqual([]);
  await want("yes");
  setRuntime({ summaryAfterMs: 0 });
  await queueDailySummaryIfDue(bench.db(), at("08:00", 2));
  const root = await bench.signedIn("root@example.org", { codeAgeMinutes: 0 });
  await root.press(remove, { id: "colleague-anna" });
  expect((await runJob(at("08:05", 2))).map(({ to }) => to)).toEqual([]);
});
