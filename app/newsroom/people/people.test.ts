import { postControlAction } from "stripe-sandbox/testing";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import OwnDataPage from "@/app/supporters/own-data/page";
import SupportersPage from "@/app/supporters/page";
import { formatDay } from "@/components/site/format-day";
import { continueAddressChanges } from "@/systems/address-change";
import { currentTime } from "@/systems/clock";
import { identityCrypto } from "@/systems/identity";
import { log } from "@/systems/log";
import { readOwnData } from "@/systems/own-data";
import { openStaffFixture, type StaffFixture, submittedInputsOf } from "@/systems/testing/staff-fixture";
import { POST as changeGift } from "../gifts/[id]/[verb]/confirm/route";
import VerbPage, { generateMetadata as verbMetadata } from "../gifts/[id]/[verb]/page";
import GiftPage, { generateMetadata as giftMetadata } from "../gifts/[id]/page";
import { POST as sendLink } from "../gifts/[id]/payment-link/route";
import PaymentPage, { generateMetadata as paymentMetadata } from "../payments/[paymentId]/page";
import { POST as sendReceipt } from "../payments/[paymentId]/receipt/route";
import { POST as correct } from "./[supporterId]/address/confirm/route";
import AddressPage from "./[supporterId]/address/page";
import { POST as erase } from "./[supporterId]/erase/confirm/route";
import ErasePage from "./[supporterId]/erase/page";
import { POST as seat } from "./[supporterId]/free-seat/route";
import { POST as liftStop } from "./[supporterId]/mail-stop/route";
import { POST as merge } from "./[supporterId]/merge/confirm/route";
import { POST as findOther } from "./[supporterId]/merge/find/route";
import MergeSupportersPage from "./[supporterId]/merge/page";
import SupporterPage, { generateMetadata as supporterMetadata } from "./[supporterId]/page";
import { POST as reveal } from "./[supporterId]/reveal/route";
import { POST as find } from "./find/route";
import { POST as changeSeat } from "./free-seats/change/route";
import { POST as giveSeat } from "./free-seats/give/route";
import SeatsPage from "./free-seats/page";
import PeoplePage from "./page";

const ADDRESS = "anna@example.org";
let staff: StaffFixture;
beforeAll(async () => {
  staff = await openStaffFixture();
});
afterAll(() => staff.close());
beforeEach(() => staff.reset());

type Colleague = Awaited<ReturnType<StaffFixture["colleague"]>>;
const db = () => staff.db();
const idOf = async (email = ADDRESS) =>
  (await db().supporterAddress.findUniqueOrThrow({ where: { emailHash: identityCrypto().hashOf(email) ?? "" } }))
    .supporterId;
const pageOf = (who: Colleague, supporterId: string, query = {}) => who.text(SupporterPage, { supporterId }, query);
const kindsOfMail = async () => (await db().outboxMail.findMany()).map(({ kind }) => kind).sort();

test("a search for an e-mail address, an id or a receipt number leads to the page, whose URL has no e-mail address", async () => {
  const { gift, payment } = await staff.giveMonthly();
  const single = await staff.give();
  const refund = await staff.stripe.refunds.create({ payment_intent: single.paymentIntentId ?? "", amount: 100 });
  await staff.recordNewEvents();
  const [care, supporterId] = [await staff.colleague("care"), await idOf()];
  const to = async (what: string) => (await care.press(find, {}, { what })).location;
  expect(await to(" Anna@Example.org ")).toBe(`/newsroom/people/${supporterId}`);
  expect(await to(gift.customerId ?? "")).toBe(`/newsroom/people/${supporterId}`);
  expect(await to(gift.subscriptionId)).toBe(`/newsroom/gifts/${gift.id}`);
  const ofSingle = [single.paymentIntentId, single.chargeId, refund.id, single.id.toLowerCase().replaceAll("-", " ")];
  for (const what of ofSingle) expect(await to(what ?? "")).toBe(`/newsroom/payments/${single.id}`);
  expect(await to(payment.invoiceId ?? "")).toBe(`/newsroom/payments/${payment.id}`);
  const balance = await db().balanceEntry.findFirstOrThrow({ where: { paymentId: single.id } });
  expect(await to(balance.id)).toBe(`/newsroom/payments/${single.id}`);
});

test("a receipt number that two payments share leads to a list of both", async () => {
  const payment = await staff.give();
  const { id, paymentIntentId: _intent, chargeId: _charge, ...row } = payment;
  await db().payment.create({ data: { ...row, id: `${id}~1A2B`, giftId: null } });
  const care = await staff.colleague("care");
  const { location } = await care.press(find, {}, { what: id });
  expect(location).toBe(`/newsroom/people?number=${id}`);
  const html = await care.html(PeoplePage, {}, { number: id });
  expect([...html.matchAll(/\/newsroom\/payments\/([^"]+)/g)].map(([, each]) => each).sort()).toEqual([
    id,
    `${id}~1A2B`,
  ]);
});

const FIND_NOBODY: [what: string, words: string][] = [
  ["nobody@example.org", "No supporter has this address"],
  ["Anna", "This is not an address, a receipt number or an id"],
  ["example.org", "This is not an address, a receipt number or an id"],
  ["pi_unknown1", "The ledger does not know this id"],
];
test("a search that finds nobody says why, and its text stays in the field", async () => {
  await staff.give();
  const care = await staff.colleague("care");
  for (const [what, words] of FIND_NOBODY) {
    const { location } = await care.press(find, {}, { what });
    expect(location).toBe("/newsroom/people");
    const html = await care.html(PeoplePage);
    expect(html).toContain(words);
    expect(html).toContain(`value="${what}"`);
  }
});

test("a search for an amount and a day in the newsroom's time zone lists payments without supporters", async () => {
  const payment = await staff.give({ amount: 1_234 });
  await staff.give({ amount: 1_234, currency: "eur" });
  await staff.give({ amount: 1_235 });
  // At 22:30 UTC, the next day has already begun in Moscow, the newsroom's time zone.
  await db().payment.update({ where: { id: payment.id }, data: { paidAt: new Date("2026-03-09T22:30:00Z") } });
  const care = await staff.colleague("care");
  const list = (day: string) => care.html(PeoplePage, {}, { amount: "12.34", currency: "USD", day });
  expect(await list("2026-03-10")).toContain(`href="/newsroom/payments/${payment.id}"`);
  expect(await list("2026-03-09")).toContain("No payment of this amount on this day.");
  expect(await list("2026-02-30")).toContain("Choose a day.");
  expect(await list("2026-03-10")).not.toContain(await idOf());
});

test("a supporter's page shows the whole history, and no e-mail address", async () => {
  const { gift } = await staff.giveMonthly();
  const payment = await staff.give();
  await staff.stripe.refunds.create({ payment_intent: payment.paymentIntentId ?? "", amount: 500 });
  await staff.recordNewEvents();
  const [care, supporterId] = [await staff.colleague("care"), await idOf()];
  const text = await pageOf(care, supporterId);
  for (const words of [
    "$25.00 kept, from 2 payments.",
    "$10 a month",
    "Payment of $20.00 Refunded in part, $15.00 kept",
    "Refunded: $5.00 of this payment",
    "Mail: thanks, with a receipt",
    "The address is encrypted. There is one, since",
  ])
    expect(text).toContain(words);
  const html = await care.html(SupporterPage, { supporterId });
  expect(html).toContain(`/newsroom/gifts/${gift.id}`);
  expect(html.toLowerCase()).not.toContain("example.org");
});

test("the title of a tab says what the page is about, and names neither a person nor an id", async () => {
  const { gift, payment } = await staff.giveMonthly();
  const [care, supporterId] = [await staff.colleague("care"), await idOf()];
  expect([
    await care.title(supporterMetadata, { supporterId }),
    await care.title(paymentMetadata, { paymentId: payment.id }),
    await care.title(giftMetadata, { id: gift.id }),
    await care.title(verbMetadata, { id: gift.id, verb: "cancel" }),
  ]).toEqual(["Supporter", "Payment", "Recurring gift", "Cancel this gift?"]);
});

test("a long history comes in pages, each event once", async () => {
  const payment = await staff.give();
  const supporterId = await idOf();
  const { id: _id, paymentIntentId: _intent, chargeId: _charge, ...row } = payment;
  const many = Array.from({ length: 95 }, (_, n) => {
    // Three payments share each second, so that a page of the list can end between payments of the same second.
    const paidAt = new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 3) * 1000);
    return { ...row, id: `P${String(n).padStart(3, "0")}`, giftId: null, paidAt };
  });
  await db().payment.createMany({ data: many });
  const care = await staff.colleague("care");
  const seen: string[] = [];
  let query: Record<string, string> = {};
  for (let page = 0; page < 5; page++) {
    const html = await care.html(SupporterPage, { supporterId }, query);
    seen.push(...[...html.matchAll(/href="\/newsroom\/payments\/([^"]+)"/g)].map(([, id = ""]) => id));
    const next = /\?before=([^"#]+)#timeline/.exec(html)?.[1];
    if (!next) break;
    query = { before: decodeURIComponent(next) };
  }
  expect(new Set(seen)).toEqual(new Set([...many.map(({ id }) => id), payment.id]));
  expect(seen).toHaveLength(96);
});

test("the e-mail address is shown once for a reason, and the supporter can read the reason", async () => {
  await staff.give();
  const [care, supporterId] = [await staff.colleague("care"), await idOf()];
  await care.press(reveal, { supporterId }, { why: "", words: "a question" });
  const refused = await care.html(SupporterPage, { supporterId });
  expect(refused).toContain("Choose a reason.");
  expect(refused).toContain("a question");
  expect(refused).not.toContain(ADDRESS);
  expect(await staff.acts()).toEqual([]);
  const { location } = await care.press(
    reveal,
    { supporterId },
    { why: "answer", words: "a question about a receipt" },
  );
  expect(location).not.toContain("anna");
  expect(await care.html(SupporterPage, { supporterId })).toContain(ADDRESS);
  expect(await care.html(SupporterPage, { supporterId })).not.toContain(ADDRESS);
  const [act] = await db().act.findMany();
  expect(act).toMatchObject({ kind: "address-revealed", about: `supporter:${supporterId}`, by: "colleague-care" });
  expect(JSON.stringify(act)).not.toContain(ADDRESS);
  const anna = await staff.signedIn(ADDRESS);
  for (const page of [OwnDataPage, SupportersPage]) {
    const text = await anna.text(page);
    expect(text).toMatch(/On .+ a colleague looked up your address, to answer your message\./);
    expect(text).toContain("They wrote: “a question about a receipt”");
    expect(text).not.toContain("colleague-care");
  }
  const { lookups } = await readOwnData(supporterId);
  expect(lookups).toMatchObject([{ why: "answer", words: "a question about a receipt" }]);
});

test("a colleague can look up at most thirty addresses an hour", async () => {
  await staff.give();
  const [care, supporterId] = [await staff.colleague("care"), await idOf()];
  for (let n = 0; n < 31; n++) await care.press(reveal, { supporterId }, { why: "answer" });
  const text = await pageOf(care, supporterId);
  expect(text).toContain("Too many look-ups");
  expect(text).not.toContain(ADDRESS);
  expect(await db().act.count()).toBe(30);
});

async function changed(
  who: Colleague,
  { id, verb, typed = {} }: { id: string; verb: string; typed?: Record<string, string> },
) {
  const html = await who.html(VerbPage, { id, verb }, typed);
  const form = { ...submittedInputsOf(html, `/newsroom/gifts/${id}/${verb}/confirm`), why: "asked", words: "" };
  await who.press(changeGift, { id, verb }, form);
  return form;
}

test("staff change the amount, pause, resume and cancel, each with a preview, an act, a note by staff and an e-mail", async () => {
  const { gift } = await staff.giveMonthly();
  const care = await staff.colleague("care");
  const { id } = gift;
  const preview = await care.text(VerbPage, { id, verb: "amount" }, { amount: "15" });
  expect(preview).toMatch(
    /The gift becomes \$15 a month\. It is \$10 a month now\. The first charge of the new amount is on/,
  );
  await changed(care, { id, verb: "amount", typed: { amount: "15" } });
  expect(await care.text(GiftPage, { id })).toContain("Stripe has made the change");
  await changed(care, { id, verb: "pause", typed: { months: "2" } });
  expect(await care.text(GiftPage, { id })).toContain("Paused until");
  await changed(care, { id, verb: "resume" });
  await changed(care, { id, verb: "cancel" });
  expect(await care.text(GiftPage, { id })).toContain("Ends on");
  await staff.recordNewEvents();
  const notes = await db().recurringNote.findMany({ where: { by: "staff" } });
  expect(notes.map(({ kind }) => kind).sort()).toEqual(["amount", "cancelled", "paused", "repriced", "resumed"]);
  expect(await kindsOfMail()).toEqual(["changed", "changed", "changed", "changed", "thanks"]);
  expect((await staff.acts()).map((act) => act.split(" ")[0])).toEqual([
    "gift-amount-changed",
    "gift-paused",
    "gift-resumed",
    "gift-cancelled",
  ]);
  const [first] = await db().act.findMany();
  expect(JSON.parse(first?.before ?? "")).toMatchObject({ amountMinor: 1_000, currency: "USD", standing: "running" });
  expect(JSON.parse(first?.after ?? "")).toMatchObject({ amountMinor: 1_500, why: "asked" });
  expect(await pageOf(care, await idOf())).toContain("The amount is $15.00, before $10.00 by staff");
});

test("a second press, the back button and a stale tab do not change a gift a second time", async () => {
  const { gift } = await staff.giveMonthly();
  const [anna, boris] = [await staff.colleague("anna"), await staff.colleague("boris")];
  const [id, verb] = [gift.id, "pause"];
  const open = async (who: Colleague) => {
    const html = await who.html(VerbPage, { id, verb }, { months: "1" });
    return { ...submittedInputsOf(html, `/newsroom/gifts/${id}/pause/confirm`), why: "asked", words: "" };
  };
  const [form, stale] = [await open(anna), await open(boris)];
  await Promise.all([anna.press(changeGift, { id, verb }, form), anna.press(changeGift, { id, verb }, form)]);
  const paused = await db().recurringGift.findUniqueOrThrow({ where: { id } });
  await boris.press(changeGift, { id, verb }, { ...stale, months: "9" });
  expect(await boris.text(GiftPage, { id })).toContain("The gift had changed meanwhile, so nothing was done");
  await changed(anna, { id, verb: "resume" });
  await anna.press(changeGift, { id, verb }, form);
  const after = await db().recurringGift.findUniqueOrThrow({ where: { id } });
  expect([paused.status, after.status]).toEqual(["paused", "active"]);
  expect((await staff.acts()).filter((act) => act.startsWith("gift-paused"))).toHaveLength(1);
});

test("if Stripe refuses a change, the gift stays as it was, and the log records it", async () => {
  vi.spyOn(log, "error").mockImplementation(() => {});
  const { gift } = await staff.giveMonthly();
  const care = await staff.colleague("care");
  await staff.fault({ does: "error", status: 400, method: "POST", path: "/v1/subscriptions/*" });
  await changed(care, { id: gift.id, verb: "cancel" });
  await staff.endFaults();
  expect(await care.text(GiftPage, { id: gift.id })).toContain("Stripe refused, or did not answer in time");
  expect(await db().recurringGift.findFirst()).toMatchObject({ status: "active", cancelAt: null });
  expect((await staff.acts()).map((act) => act.split(" ")[0])).toEqual(["gift-cancelled", "gift-unchanged"]);
  await changed(care, { id: gift.id, verb: "cancel" });
  expect(await care.text(GiftPage, { id: gift.id })).toContain("Ends on");
});

test("two presses of the same form send one receipt, to the supporter's address", async () => {
  const payment = await staff.give();
  const care = await staff.colleague("care");
  const html = await care.html(PaymentPage, { paymentId: payment.id });
  const form = submittedInputsOf(html, `/newsroom/payments/${payment.id}/receipt`);
  const press = () => care.press(sendReceipt, { paymentId: payment.id }, form);
  await Promise.all([press(), press()]);
  expect(await care.text(PaymentPage, { paymentId: payment.id })).toContain("The receipt is on its way");
  const mails = await db().outboxMail.findMany({ where: { kind: "receipt" } });
  expect(mails.map(({ toSealed }) => identityCrypto().open(toSealed))).toEqual([ADDRESS]);
  expect(await staff.acts()).toEqual(["receipt-sent colleague-care"]);
});

test("the supporter of a failed renewal is mailed a link to pay it", async () => {
  const { gift } = await staff.giveMonthly();
  const customer = gift.customerId ?? "";
  expect(await (await staff.colleague("anna")).text(GiftPage, { id: gift.id })).toContain("Paid until");
  await staff.pass(60);
  const method = await staff.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
  await staff.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  await staff.recordNewEvents();
  await staff.pass(32 * 86_400);
  const care = await staff.colleague("care");
  const html = await care.html(GiftPage, { id: gift.id });
  expect(html).toContain("The last payment failed");
  const { nextAttemptAt } = await db().failedAttempt.findFirstOrThrow({ orderBy: { failedAt: "desc" } });
  if (!nextAttemptAt) throw new Error("Stripe plans no further attempt");
  expect(await care.text(GiftPage, { id: gift.id })).toContain(
    `Next attempt ${formatDay(nextAttemptAt, { locale: "en" })}`,
  );
  expect(html).not.toContain("Paid until");
  await care.press(sendLink, { id: gift.id }, submittedInputsOf(html, `/newsroom/gifts/${gift.id}/payment-link`));
  expect(await care.text(GiftPage, { id: gift.id })).toContain("The link is on its way");
  expect(await kindsOfMail()).toContain("payment-link");
});

test("a corrected address waits for both mailboxes, and a form that is sent twice sends e-mail once", async () => {
  await staff.giveMonthly();
  const [care, supporterId] = [await staff.colleague("care"), await idOf()];
  const path = `/newsroom/people/${supporterId}/address/confirm`;
  const form = { ...submittedInputsOf(await care.html(AddressPage, { supporterId }), path), why: "asked", words: "" };
  await care.press(correct, { supporterId }, { ...form, email: "not an address" });
  const refused = await care.html(AddressPage, { supporterId });
  expect(refused).toContain("This is not an email address.");
  expect(refused).toContain("not an address");
  const good = { ...form, email: "anna@new.example" };
  await Promise.all([care.press(correct, { supporterId }, good), care.press(correct, { supporterId }, good)]);
  expect(await kindsOfMail()).toEqual(["address-new", "address-old", "thanks"]);
  await continueAddressChanges(db(), currentTime());
  expect(await idOf()).toBe(supporterId);
  expect(await pageOf(care, supporterId)).toContain("A change of address waits");
  expect(await staff.acts()).toEqual(["address-change-asked colleague-care"]);
});

test("two records become one when both mailboxes confirm, and the old page leads to the new one", async () => {
  const [first, second] = [await staff.give(), await staff.give({ email: "anna@work.example" })];
  const [care, from, into] = [await staff.colleague("care"), await idOf(), await idOf("anna@work.example")];
  const { location } = await care.press(findOther, { supporterId: from }, { what: second.id });
  expect(location).toBe(`/newsroom/people/${from}/merge?other=${into}`);
  const html = await care.html(MergeSupportersPage, { supporterId: from }, { other: into });
  expect(html).toContain("One payment and no recurring gift of this record go to the other one.");
  const form = submittedInputsOf(html, `/newsroom/people/${from}/merge/confirm`);
  await care.press(reveal, { supporterId: from }, { why: "payment" });
  await care.press(merge, { supporterId: from }, { ...form, why: "asked", words: "" });
  const confirmed = { oldConfirmedAt: currentTime(), newConfirmedAt: currentTime() };
  await continueAddressChanges(db(), currentTime());
  expect(await idOf()).toBe(from);
  await db().addressChange.updateMany({ data: confirmed });
  await continueAddressChanges(db(), currentTime());
  expect(await db().payment.findUnique({ where: { id: first.id } })).toMatchObject({ supporterId: into });
  const old = await care.html(SupporterPage, { supporterId: from });
  expect(old).toContain("everything of this supporter belongs to another one");
  expect(old).toContain(`/newsroom/people/${into}`);
  // The supporter's own data still contain the look-up that a colleague made under the old id. The page of the other id
  // shows in its history that a merger was requested.
  expect((await readOwnData(into)).lookups).toHaveLength(1);
  expect(await pageOf(care, into)).toContain("Asked both mailboxes to confirm a merger");
});

test("an erasure needs the end of the id and a reason, and leaves a page that says so", async () => {
  await staff.giveMonthly();
  const [care, supporterId] = [await staff.colleague("care"), await idOf()];
  const path = `/newsroom/people/${supporterId}/erase/confirm`;
  const form = {
    ...submittedInputsOf(await care.html(ErasePage, { supporterId }), path),
    why: "asked",
    words: "as they wrote",
  };
  await care.press(erase, { supporterId }, { ...form, word: "erase" });
  const again = await care.html(ErasePage, { supporterId });
  expect(again).toContain(`Type ${supporterId.slice(-6)}, the end of the supporter’s id.`.replace("’", "’"));
  expect(again).toContain("as they wrote");
  expect(await db().supporter.count()).toBe(1);
  await care.press(erase, { supporterId }, { ...form, word: supporterId.slice(-6) });
  expect(await db().supporter.count()).toBe(0);
  expect(await pageOf(care, supporterId)).toContain("This supporter was erased on");
  await care.press(erase, { supporterId }, { ...form, word: supporterId.slice(-6) });
  expect(await staff.acts()).toEqual(["erasure-asked colleague-care"]);
  expect(await db().erasure.count()).toBe(0);
});

test("correcting, merging and erasing need a code from the last ten minutes, and the typed text is kept meanwhile", async () => {
  await staff.give();
  const [early, late, supporterId] = [
    await staff.colleague("early"),
    await staff.colleague("late", { codeAgeMinutes: 11 }),
    await idOf(),
  ];
  const code = { digest: expect.stringContaining("/newsroom/code") };
  for (const page of [AddressPage, MergeSupportersPage, ErasePage])
    await expect(late.html(page, { supporterId })).rejects.toMatchObject(code);
  const form = { word: supporterId.slice(-6), why: "other", words: "as they wrote", request: crypto.randomUUID() };
  for (const route of [erase, correct, merge]) {
    const { location } = await late.press(route, { supporterId }, { ...form, email: "anna@new.example", other: "x" });
    expect(location).toMatch(/^\/newsroom\/code/);
  }
  expect(await db().supporter.count()).toBe(1);
  expect(await db().addressChange.count()).toBe(0);
  expect(await staff.acts()).toEqual([]);
  // After entering a code, the colleague who typed the text sees it again. Another colleague does not see it.
  const { note } = await late.press(erase, { supporterId }, form);
  await db().session.updateMany({ data: { secondFactorAt: currentTime() } });
  expect(note).not.toBe("");
  expect(await late.html(ErasePage, { supporterId })).toContain("as they wrote");
  expect(await early.html(ErasePage, { supporterId })).not.toContain("as they wrote");
});

test("a free seat is given, prolonged and ended, to a supporter and to somebody who never gave", async () => {
  await staff.give();
  const [care, supporterId] = [await staff.colleague("care"), await idOf()];
  await care.press(seat, { supporterId }, { do: "give", until: "2027-11-27" });
  expect(await pageOf(care, supporterId)).toContain("A free seat is theirs until November 27, 2027.");
  await care.press(giveSeat, {}, { email: "guest@example.org", until: "2027-01-31" });
  const html = await care.html(SeatsPage);
  expect(html).toContain("2 free seats");
  expect(html).not.toContain("guest@");
  const of2027 = submittedInputsOf(html, "/newsroom/people/free-seats/change");
  await care.press(changeSeat, {}, { ...of2027, do: "give", until: "2028-01-31" });
  await care.press(seat, { supporterId }, { do: "end" });
  await care.press(seat, { supporterId }, { do: "end" });
  const seats = await db().freeSeat.findMany({ where: { until: { gt: currentTime() } } });
  expect(seats.map(({ until }) => until.toISOString())).toEqual(["2028-01-31T20:59:59.000Z"]);
  const kinds = (await staff.acts()).map((act) => act.split(" ")[0]);
  expect(kinds).toEqual(["free-seat-given", "free-seat-given", "free-seat-given", "free-seat-ended"]);
  expect(JSON.stringify(await db().act.findMany())).not.toContain("guest");
  expect((await care.press(find, {}, { what: "guest@example.org" })).location).toBe("/newsroom/people");
  expect(await care.text(PeoplePage)).toContain("This address has a free seat");
  await db().freeSeat.updateMany({ data: { until: currentTime() } });
  await care.press(find, {}, { what: "guest@example.org" });
  expect(await care.text(PeoplePage)).not.toContain("This address has a free seat");
});

test("a stopped address is shown, and e-mail to it can be allowed again", async () => {
  await staff.give();
  const [care, supporterId] = [await staff.colleague("care"), await idOf()];
  const emailHash = identityCrypto().hashOf(ADDRESS) ?? "";
  await db().mailStop.create({ data: { emailHash, stoppedAt: currentTime() } });
  expect(await pageOf(care, supporterId)).toContain("Mail is stopped since");
  await care.press(liftStop, { supporterId });
  await care.press(liftStop, { supporterId });
  expect(await pageOf(care, supporterId)).not.toContain("Mail is stopped since");
  expect(await staff.acts()).toEqual(["mail-stop-lifted colleague-care"]);
});

test("the page of an unknown supporter id is a 404", async () => {
  const care = await staff.colleague("care");
  await expect(pageOf(care, crypto.randomUUID())).rejects.toMatchObject({ digest: expect.stringContaining("404") });
});

test("a search for a dispute's id finds its payment, whose page shows the dispute", async () => {
  const payment = await staff.give();
  await postControlAction(staff.bench.url, "dispute", { key: "sk_test_bench", charge: payment.chargeId });
  await staff.recordNewEvents();
  const { id } = await db().dispute.findFirstOrThrow();
  const care = await staff.colleague("care");
  expect((await care.press(find, {}, { what: id })).location).toBe(`/newsroom/payments/${payment.id}`);
  const text = await care.text(PaymentPage, { paymentId: payment.id });
  for (const words of ["Kept $0.00", "$20.00 disputed on"]) expect(text).toContain(words);
});
