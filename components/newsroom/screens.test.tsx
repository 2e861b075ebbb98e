// Renders four pages of the newsroom. Most tests first store one database row with an impossible value. Only the parts
// that read this row may fail.
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, expect, test } from "vitest";
import { listDecidedDisputes } from "@/domain/newsroom/disputes";
import { loadPageSection } from "@/domain/newsroom/page-section";
import { getItemsAwaitingStaff } from "../../domain/newsroom/attention";
import { getIncomeFigures, getRecurringFigures, getTodayPageFigures } from "../../domain/newsroom/figures";
import { parseIncomeView } from "../../domain/newsroom/income-view";
import { parseRecurringView } from "../../domain/newsroom/recurring-view";
import { testPublication as publication } from "../../domain/testing/test-publication";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../../systems/database";
import { IncomeScreen } from "./income-screen";
import { StaffTaskQueueScreen } from "./queue-screen";
import { RecurringScreen } from "./recurring-screen";
import { TodayScreen } from "./today-screen";

const now = new Date("2026-11-23T09:00:00Z");
const TODAY = "2026-11-23";
const FAILED = "This part could not be shown.";
const PARTS = [
  "November so far",
  "Money received",
  "Recurring gifts",
  "Income by month",
  "Latest payments",
  "By article",
];
/** Larger than Number.MAX_SAFE_INTEGER. */
const HUGE = 2n ** 60n;

let db: Db;
beforeEach(async () => {
  db = await openEmptyLedger();
  const amounts = { payments: 1, grossMinor: 1_500n };
  const periods = [
    { period: "ever", start: "" },
    { period: "month", start: "2026-11" },
  ];
  const values = [
    { by: "frequency", value: "once" },
    { by: "article", value: "a_1" },
  ];
  for (const period of periods)
    for (const value of values)
      await db.total.create({ data: { ...period, ...value, currency: "USD", settledCurrency: "", ...amounts } });
  await addPayment("p1", 1_500n);
});

function addPayment(id: string, amountMinor: bigint, status = "succeeded") {
  const common = { status, frequency: "once", currency: "USD", paidAt: now, recordedAt: now };
  return db.payment.create({ data: { id, amountMinor, ...common } });
}

async function render() {
  const failed: string[] = [];
  const onFailure = (part: string) => failed.push(part);
  const options = { publication, now, onFailure };
  const view = parseIncomeView({}, TODAY);
  const recurringView = parseRecurringView({}, TODAY);
  const today = await getTodayPageFigures(db, options);
  const income = await getIncomeFigures(db, { ...options, ...view });
  const recurring = await getRecurringFigures(db, { ...options, view: recurringView });
  const screen = { locale: "en", timeZone: "Europe/Moscow", findHeadline: () => null, onFailure };
  const viewer = { ownId: "colleague_1", nameOf: String, wasChangedMeanwhile: false };
  const load = () => listDecidedDisputes(db, now);
  const decided = await loadPageSection("decided-disputes", { load, onFailure });
  const queue = {
    ...viewer,
    now,
    replayed: null,
    decided,
    sealEmailHash: String,
    attention: await getItemsAwaitingStaff(db, options),
  };
  const html = renderToStaticMarkup(
    <>
      <TodayScreen {...screen} figures={today} mayOpenPeople mayOpenQueue mayOpenAppeals />
      <IncomeScreen {...screen} {...view} figures={income} today={TODAY} mayExport />
      <RecurringScreen {...screen} view={recurringView} figures={recurring} today={TODAY} mayOpenPeople />
      <StaffTaskQueueScreen {...screen} {...queue} />
    </>,
  );
  return { html, failed: [...new Set(failed)] };
}

test("renders all parts if every row can be read", async () => {
  const { html, failed } = await render();
  for (const part of PARTS) expect(html).toContain(part);
  expect(html).toContain("$15.00");
  expect(html).not.toContain(FAILED);
  expect(failed).toEqual([]);
});

test("shows how many gifts had to wait, and from when to when", async () => {
  const burst = { beganAt: new Date("2026-11-23T08:00:00Z"), lastAt: new Date("2026-11-23T08:30:00Z"), slowed: 12 };
  await db.rateLimitAlert.create({ data: { action: "give", ...burst } });
  const { html, failed } = await render();
  expect(html.replace(/\s/g, " ")).toMatch(/12 gifts were asked to wait between [^<]* 11:00 AM and [^<]* 11:30 AM/);
  expect(failed).toEqual([]);
});

test.each([
  ["a payment's amount", ["latest"], 1, () => addPayment("huge", HUGE)],
  ["an article's total", ["article"], 1, () => damageTotals({ by: "article", period: "month" })],
  ["the total of all time", ["totals"], 2, () => damageTotals({ by: "frequency", period: "ever" })],
  [
    "a month's total",
    ["currency", "rhythm", "steps", "supporter", "totals"],
    6,
    () => damageTotals({ by: "frequency", period: "month" }),
  ],
  ["the amount of a payment on its way", ["latest"], 1, () => addPayment("pending", HUGE, "pending")],
  ["the currency of recurring gifts", ["recurring", "risk"], 2, addRecurring],
  ["an open dispute's amount", ["disputes"], 1, addDispute],
  ["how often a payment is given", ["latest"], 1, () => db.payment.updateMany({ data: { frequency: "fortnightly" } })],
  ["why an event could not be recorded", ["dead-letters"], 1, addLetter],
])("renders the other parts if %s is impossible", async (_, parts, places, damage) => {
  await damage();
  const { html, failed } = await render();
  expect(failed.sort()).toEqual(parts);
  expect(html.split(FAILED).length - 1).toBe(places);
  for (const part of PARTS) expect(html).toContain(part);
});

function damageTotals(where: { by: string; period: string }) {
  return db.total.updateMany({ where, data: { grossMinor: HUGE } });
}

function addRecurring() {
  return db.recurringTotal.create({ data: { currency: "XTS", frequency: "monthly", status: "active", gifts: 1 } });
}

function addLetter() {
  const failed = { type: "charge.updated", outcome: "failed", receivedAt: now };
  return db.receivedEvent.create({ data: { id: "evt_1", ...failed, reason: JSON.stringify({ why: "fog" }) } });
}

function addDispute() {
  const disputed = { amountMinor: HUGE, currency: "USD", paymentIntentId: "pi_1", paymentId: "p1" };
  const opened = { status: "needs_response", reason: "fraudulent", openedAt: now, recordedAt: now };
  return db.dispute.create({ data: { id: "dp_1", ...disputed, ...opened } });
}
