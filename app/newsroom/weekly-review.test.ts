// The tests compute the expected amounts from the database rows in a slower and simpler way than the site
// (domain/newsroom/testing/slow-figures.ts).
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { refreshExperimentVerdicts } from "@/domain/newsroom/experiments/judgement";
import { type LoadedLedgerRows, slowlyComputedIncome } from "@/domain/newsroom/testing/slow-figures";
import type { Db } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import { signInForTests } from "@/systems/testing/sign-in-for-tests";
import { type StaffBrowser, showPage } from "@/systems/testing/staff-browser";
import { openMultiYearLedgerFixture, YEARS_FIXTURE_TODAY } from "@/systems/testing/years-fixture";
import ExperimentPage from "./experiments/[experiment]/page";
import TodayPage from "./page";
import RecurringPage from "./recurring/page";

let db: Db;
let raw: LoadedLedgerRows;
let desk: StaffBrowser;

beforeAll(async () => {
  ({ db, raw, desk } = await openMultiYearLedgerFixture({ people: 22 }));
});
afterAll(() => vi.useRealTimers());

async function show(page: Parameters<typeof showPage>[1], own = desk): Promise<{ html: string; text: string }> {
  const shown = await showPage(own, page);
  if (typeof shown !== "object" || !("html" in shown)) throw new Error(`not a page: ${JSON.stringify(shown)}`);
  return { html: shown.html, text: shown.text };
}

function answerIn(html: string, question: string): { figure: string; sentence: string } {
  const found = new RegExp(`>${question}</a></h2><strong[^>]*>(.*?)</strong><p>(.*?)</p>`).exec(html);
  if (!found) throw new Error(`no answer to ${question}`);
  return { figure: found[1] ?? "", sentence: found[2] ?? "" };
}

const amount = (text = "") => Number(/\$([\d,.]+\d)/.exec(text)?.[1]?.replaceAll(",", ""));

/**
 * Returns the kept amount or the net amount of the days in `range`, in dollars. `sum`: which of the two. Converts kept
 * amounts at the rates that the page shows. Leaves out euros, which Stripe never converted.
 */
function inDollars(range: { from: string; to: string }, sum: "kept" | "net", text: string): number {
  const EXPONENTS: Record<string, number> = { JPY: 0, KWD: 3 };
  return [...slowlyComputedIncome(raw, range, () => "")].reduce((total, [key, sums]) => {
    const gift = key.slice(1);
    if (sum === "net") return total + Number((sums as Record<string, string>)["net USD"] ?? 0) / 100;
    const rate = gift === "USD" ? 1 : Number(new RegExp(`1 ${gift} = ([\\d.]+) USD`).exec(text)?.[1] ?? 0);
    return total + (Number(sums.kept ?? 0) / 10 ** (EXPONENTS[gift] ?? 2)) * rate;
  }, 0);
}

test("last week's kept and net amounts are beside those of the week before and of a year earlier", async () => {
  const { html, text } = await show(TodayPage);
  const { figure, sentence } = answerIn(html, "Kept last week");
  const weeks = [
    { from: "2026-11-09", to: "2026-11-15" },
    { from: "2026-11-02", to: "2026-11-08" },
    { from: "2025-11-10", to: "2025-11-16" },
  ] as const;
  const [, before, yearBefore] = /before: (.*?)\. A year before: (.*)\./.exec(sentence) ?? [];
  const slow = weeks.map((week) => inDollars(week, "kept", text));
  expect(slow.filter((sum) => sum > 0).length).toBeGreaterThan(1);
  for (const [n, shown] of [figure, before, yearBefore].entries())
    expect(Math.abs(amount(shown) - (slow[n] ?? 0)), shown).toBeLessThan(0.02);
  expect(Math.abs(amount(sentence) - inDollars(weeks[0], "net", text))).toBeLessThan(0.02);
  expect(html).toContain('href="/newsroom/income?step=week&amp;until=2026-11-15&amp;compare=before&amp;currency=all"');
});

test("the value of recurring gifts and the forecast are the same as on the Recurring page", async () => {
  const { html } = await show(TodayPage);
  const recurring = await show(RecurringPage);
  const value = answerIn(html, "Recurring gifts a month");
  expect(recurring.text).toContain(`Value a month ${value.figure} ${value.sentence}`);
  const next = answerIn(html, "Renewals next month");
  expect(next.sentence).toContain(`about ${next.figure} from`);
  expect(recurring.html).toContain(`<p>${next.sentence}</p>`);
});

test("the gifts at risk and the stopped gifts are counted as in the ledger's rows", async () => {
  const at = (days: number) => new Date(new Date(`${YEARS_FIXTURE_TODAY}T15:00:00Z`).getTime() - days * 86_400_000);
  const gift = { amountMinor: 500n, currency: "USD", frequency: "monthly", status: "canceled", recordedAt: at(0) };
  for (const [days, endReason] of [
    [1, "payment_failed"],
    [2, "payment_failed"],
    [6, null],
    [8, "payment_failed"],
  ] as const)
    await db.recurringGift.create({
      data: { ...gift, id: `e${days}`, subscriptionId: `sub_e${days}`, endedAt: at(days), endReason },
    });
  const ended = await db.recurringGift.count({ where: { endedAt: { gte: at(7) } } });
  const { html } = await show(TodayPage);
  const stopped = answerIn(html, "Stopped in seven days");
  expect(stopped.figure).toBe(String(ended));
  expect(stopped.sentence).toBe("2 failed too often and 1 without a reason, in the last 7 days.");
  const overdue = raw.gifts.filter(({ status }) => status === "past_due" || status === "unpaid").length;
  const cards = raw.gifts.filter(
    ({ status, cancelAt, cardExpiresAt: ends, chargesNextAt: next }) =>
      status === "active" && !cancelAt && ends && next && ends <= next,
  ).length;
  expect(overdue + cards).toBeGreaterThan(1);
  expect(answerIn(html, "Gifts at risk").figure).toBe(String(overdue + cards));
});

test("the first page shows the article that brought the highest net last week", async () => {
  const slow = [...slowlyComputedIncome(raw, { from: "2026-11-09", to: "2026-11-15" }, ({ article }) => article ?? "")];
  const nets = new Map<string, number>();
  for (const [key, sums] of slow) {
    const [article = ""] = key.split("|");
    nets.set(article, (nets.get(article) ?? 0) + Number((sums as Record<string, string>)["net USD"] ?? 0));
  }
  const [best] = [...nets].filter(([name]) => name !== "").sort(([, a], [, b]) => b - a);
  const { figure, sentence } = answerIn((await show(TodayPage)).html, "What brought most last week");
  expect(figure).toContain(best?.[0] ?? "nothing");
  expect(Math.abs(amount(sentence) - (best?.[1] ?? 0) / 100)).toBeLessThan(0.02);
});

const DAY = Math.floor(Date.parse(`${YEARS_FIXTURE_TODAY}T00:00:00Z`) / 86_400_000);
const moment = (day: number, hour = 8) => new Date(day * 86_400_000 + hour * 3_600_000);
const NOW = new Date(`${YEARS_FIXTURE_TODAY}T15:00:00Z`);

const ARMS = JSON.stringify([
  { arm: "a", share: 50 },
  { arm: "b", share: 50 },
]);

/** Adds an experiment that started `begun` days ago and lasted one day. */
function addExperiment({ id, name, begun, arms = ARMS }: { id: string; name: string; begun: number; arms?: string }) {
  const plan = { appeal: "default", currency: "USD", rates: "{}", capMinor: 10_000n, arms };
  const size = { plannedReaders: 20_000, smallestEffectMilli: 100, lastDay: DAY - begun };
  const startedAt = moment(DAY - begun);
  return db.experiment.create({ data: { id, name, ...plan, ...size, createdAt: startedAt, startedAt } });
}

/** Adds 10,000 devices to each variant. `supporters`: how many devices of each variant gave ten dollars. */
async function addReaders(
  experiment: string,
  { day, supporters }: { day: number; supporters: Record<string, number> },
) {
  for (const [arm, count] of Object.entries(supporters)) {
    const money = { amountMinor: 1_000n, currency: "USD" };
    const times = { recordedAt: moment(day, 9) };
    const ids = Array.from({ length: count }, (_, n) => `${experiment}-${arm}-${n}`);
    const origin = { experiment, arm, exposedOn: day, status: "succeeded", frequency: "once", paidAt: moment(day, 9) };
    await db.experimentCount.create({ data: { experiment, arm, day, event: "exposed", count: 10_000 } });
    await db.payment.createMany({ data: ids.map((id) => ({ id, ...money, ...origin, ...times })) });
    await db.entry.createMany({
      data: ids.map((id) => ({
        key: id,
        paymentId: id,
        kind: "payment",
        ...money,
        ...times,
        occurredAt: times.recordedAt,
      })),
    });
  }
}

/** Computes the verdicts, `inMinutes` after NOW. Returns the ids of the experiments for which this failed. */
async function judge(inMinutes = 0): Promise<string[]> {
  const failed: string[] = [];
  const now = new Date(NOW.getTime() + inMinutes * 60_000);
  await refreshExperimentVerdicts(db, { now, onFailure: (id) => void failed.push(id) });
  return failed;
}

async function verdictsOf(own = desk): Promise<string[]> {
  const { html } = await show(TodayPage, own);
  const parts = html.split('<li class="monday-verdict">').slice(1);
  return parts.map((part) =>
    (part.split("</li>")[0] ?? "")
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim(),
  );
}

test("without an experiment the first page says so", async () => {
  const { html } = await show(TodayPage);
  expect(html).toContain("No experiment is running.");
  expect(html).toContain('href="/newsroom/experiments/new"');
});

test("the first page shows each experiment's verdict in the words of its own page, and keeps it for ten minutes", async () => {
  await addExperiment({ id: "ex_1", name: "Shorter", begun: 50 });
  await addReaders("ex_1", { day: DAY - 50, supporters: { a: 40, b: 160 } });
  expect(await verdictsOf()).toEqual([expect.stringMatching(/^Shorter Too early to say\. The first result .* Ended$/)]);

  expect(await judge()).toEqual([]);
  const [verdict = ""] = await verdictsOf();
  const [sentence = ""] = /Variant B brings \$[\d.]+ to \$[\d.]+ more than variant A/.exec(verdict) ?? [];
  expect(sentence).not.toBe("");
  expect(verdict).toMatch(/Ended\. 20,000 of 20,000 readers counted, as of \w+ \d+, 2026, \d+:\d\d [AP]M\.$/);
  const page = (own: StaffBrowser) => showPage(own, ExperimentPage, { params: { experiment: "ex_1" } });
  expect(await page(desk)).toMatchObject({ text: expect.stringContaining(sentence) });

  await addExperiment({ id: "ex_2", name: "Longer", begun: 2 });
  expect(await judge(1)).toEqual([]);
  expect(await verdictsOf()).toEqual([
    expect.stringMatching(/^Longer Too early to say\. No device has reported .* Following its readers\. 0 of 0 /),
    verdict,
  ]);

  await addReaders("ex_2", { day: DAY - 2, supporters: { a: 1, b: 1 } });
  await judge(10);
  expect((await verdictsOf())[0]).toContain("0 of 0 readers counted");
  await judge(11);
  const [again, ended] = await verdictsOf();
  expect(again).toContain("0 of 20,000 readers counted");
  expect(ended, "a final verdict is not judged again").toBe(verdict);
});

test("an experiment that cannot be judged does not prevent the verdicts of others", async () => {
  await addExperiment({ id: "ex_3", name: "Damaged", begun: 1, arms: "damaged" });
  await addExperiment({ id: "ex_4", name: "Sound", begun: 3 });
  expect(await judge(30)).toEqual(["ex_3"]);
  expect((await verdictsOf()).find((each) => each.startsWith("Sound"))).toContain("No device has reported");
});

test.each([
  ["damaged", '{"isFinal":tr'],
  [
    "from an older version of the site",
    '{"isFinal":true,"distrust":null,"firstFinalOn":1,"counted":9,"comparisons":[{}]}',
  ],
])("a kept verdict that is %s does not break the first page and is replaced", async (_, judgement) => {
  const findVerdict = async (name: string) => (await verdictsOf()).find((each) => each.startsWith(name));
  const [shorter, sound] = [await findVerdict("Shorter"), await findVerdict("Sound")];
  await db.experimentVerdict.update({ where: { experiment: "ex_1" }, data: { judgement } });
  expect(await findVerdict("Shorter")).toMatch(/^Shorter Too early to say\. The first result .* Ended$/);
  expect(await findVerdict("Sound")).toBe(sound);
  expect(await judge(31)).toEqual(["ex_3"]);
  const withoutTime = (text = "") => text.replace(/\d+:\d\d/, "");
  expect(withoutTime(await findVerdict("Shorter"))).toBe(withoutTime(shorter));
  expect(await findVerdict("Sound")).toBe(sound);
});

test("an experiment leaves the first page a week after it was decided", async () => {
  await addExperiment({ id: "ex_5", name: "Lately", begun: 50 });
  await addExperiment({ id: "ex_6", name: "Long ago", begun: 51 });
  const verdicts = (await verdictsOf()).join();
  expect(verdicts).toContain("Lately");
  expect(verdicts).not.toContain("Long ago");
});

test("colleagues who may not open experiments see the verdict without a link", async () => {
  const link = 'href="/newsroom/experiments/ex_1"';
  expect((await show(TodayPage)).html).toContain(link);
  const email = "viewer@example.org";
  const address = identityCrypto().sealAddress(email);
  if (!address) throw new Error(`${email} is not a valid e-mail address`);
  const at = new Date(`${YEARS_FIXTURE_TODAY}T08:00:00Z`);
  const row = { ...address, id: "viewer", role: "viewer", since: at, acceptedAt: at, invitedUntil: at };
  await db.staff.create({ data: row });
  const own = { session: await signInForTests(db, email, { codeAgeMinutes: 0 }), note: "" };
  expect((await verdictsOf(own)).join()).toContain("Variant B brings");
  expect((await show(TodayPage, own)).html).not.toContain("/newsroom/experiments");
});
