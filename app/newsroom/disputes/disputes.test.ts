import { postControlAction } from "stripe-sandbox/testing";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { listBooksDifferences } from "@/domain/ledger/check/store/progress";
import type { Payment } from "@/generated/sqlite/client";
import { checkBooks } from "@/systems/books-check";
import { currentTime } from "@/systems/clock";
import { endGiftsAndErase } from "@/systems/erasure";
import { carryOutFollowUpAndRecordAnswer } from "@/systems/follow-ups";
import { log } from "@/systems/log";
import { openStaffFixture, type StaffFixture, submittedInputsOf } from "@/systems/testing/staff-fixture";
import PaymentPage from "../payments/[paymentId]/page";
import QueuePage from "../queue/page";
import { POST as accept } from "./[disputeId]/accept/confirm/route";
import AcceptDisputePage, { generateMetadata as acceptMetadata } from "./[disputeId]/accept/page";
import { POST as save } from "./[disputeId]/draft/route";
import DisputePage, { generateMetadata as disputeMetadata } from "./[disputeId]/page";
import { POST as submit } from "./[disputeId]/submit/confirm/route";
import ReviewEvidencePage, { generateMetadata as reviewMetadata } from "./[disputeId]/submit/page";
import { POST as stage } from "./[disputeId]/submit/stage/route";

const FRAUD = "4000 0000 0000 0259";
const INQUIRY = "4000 0000 0000 1976";
const WHY = { why: "fraud", words: "" };

let staff: StaffFixture;
beforeAll(async () => {
  staff = await openStaffFixture();
});
afterAll(() => staff.close());
beforeEach(() => staff.reset());

type Colleague = Awaited<ReturnType<StaffFixture["colleague"]>>;
type Fields = Record<string, string>;

async function dispute(card = FRAUD) {
  const payment = await staff.give({ card });
  const { id: disputeId } = await staff.db().dispute.findFirstOrThrow({ where: { paymentId: payment.id } });
  return { payment, disputeId, at: { disputeId } };
}

function allFields(html: string, action: string): Fields {
  const start = html.indexOf(`action="${action}"`);
  const form = html.slice(start, html.indexOf("</form>", start));
  const areas = [...form.matchAll(/<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</g)];
  const texts = areas.map(([, name = "", text = ""]) => [
    name,
    text.replaceAll("&#x27;", "'").replaceAll("&amp;", "&"),
  ]);
  return { ...submittedInputsOf(html, action), ...Object.fromEntries(texts) };
}

const draftForm = async (who: Colleague, at: { disputeId: string }) =>
  allFields(await who.html(DisputePage, at), `/newsroom/disputes/${at.disputeId}/draft`);

async function write(who: Colleague, at: { disputeId: string }, texts: Fields) {
  return who.press(save, at, { ...(await draftForm(who, at)), do: "save", ...texts });
}

const checkForm = async (who: Colleague, at: { disputeId: string }, verb = "confirm") =>
  submittedInputsOf(await who.html(ReviewEvidencePage, at), `/newsroom/disputes/${at.disputeId}/submit/${verb}`);

const atStripe = ({ disputeId }: { disputeId: string }) => staff.stripe.disputes.retrieve(disputeId);
const page = (who: Colleague, at: { disputeId: string }) => who.text(DisputePage, at);

async function expectEqualBooks(): Promise<void> {
  await staff.recordNewEvents();
  const { id } = await checkBooks(staff.db(), { mode: "check", graceMs: 0 });
  expect(await listBooksDifferences(staff.db(), id)).toEqual([]);
}

/** Fetches the dispute from Stripe, as the background job does after a colleague's action. */
async function readBack({ disputeId }: { disputeId: string }): Promise<void> {
  const key = `dispute:${disputeId}`;
  const { after } = await staff.db().followUp.findUniqueOrThrow({ where: { key } });
  await carryOutFollowUpAndRecordAnswer(staff.db(), { key, after, askAgainAt: currentTime() });
}

const keptOf = async ({ id }: Payment) => {
  const row = await staff.db().payment.findUniqueOrThrow({ where: { id } });
  return Number(row.amountMinor - row.refundedMinor - row.disputedMinor);
};

test("the form is filled in with the gift, its day, receipt and history, and contains no e-mail address", async () => {
  const { payment, at } = await dispute();
  const care = await staff.colleague("care");
  const html = await care.html(DisputePage, at);
  const { product_description, service_date, access_activity_log } = await draftForm(care, at);
  expect(product_description).toContain("A voluntary gift of $20.00");
  expect(product_description).toContain(payment.id.slice(0, 4));
  expect(service_date).toBe(
    new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(payment.paidAt),
  );
  expect(access_activity_log).toMatch(/UTC: This payment was made: \$20\.00\./);
  expect(html).not.toContain("anna@");
  expect(await care.text(PaymentPage, { paymentId: payment.id })).toContain(at.disputeId);
});

test("the title of a tab says what the page is about, and names neither a person nor an id", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  const pages = [disputeMetadata, reviewMetadata, acceptMetadata];
  expect(await Promise.all(pages.map((metadata) => care.title(metadata, at)))).toEqual([
    "Dispute",
    "What the bank gets",
    "Accept this dispute?",
  ]);
});

test("evidence is sent as shown, the dispute is won, and the money is back in the books", async () => {
  const { payment, at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, {
    product_description: "A gift.\r\nNothing was sold.",
    uncategorized_text: "winning_evidence",
  });
  expect(await page(care, at)).toContain("The draft is saved");
  const check = await care.text(ReviewEvidencePage, at);
  expect(check).toContain("You can send evidence only once.");
  expect(check).toContain("Nothing was sold.");
  expect((await atStripe(at)).evidence_details.has_evidence).toBe(false);
  await care.press(submit, at, await checkForm(care, at));
  expect(await page(care, at)).toContain("The evidence is with the bank");
  await expectEqualBooks();
  const { status, evidence } = await atStripe(at);
  expect(status).toBe("won");
  expect(evidence).toMatchObject({ product_description: "A gift.\nNothing was sold.", customer_email_address: null });
  expect(await page(care, at)).toContain("$20.00 came back. Stripe keeps its fee.");
  expect(await care.text(QueuePage)).toContain("Won: $20.00, opened on");
  expect(await keptOf(payment)).toBe(2_000);
  const acts = ["dispute-draft-saved colleague-care", "dispute-evidence-submitted colleague-care"];
  expect(await staff.acts()).toEqual(acts);
});

test("three presses at the same time, and one an hour later, send the evidence once", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, { uncategorized_text: "They gave." });
  const form = await checkForm(care, at);
  const press = () => care.press(submit, at, form);
  await Promise.all([press(), press(), press()]);
  staff.wait(60 * 60 * 1000);
  await press();
  expect(await page(care, at)).toContain("The evidence is with the bank");
  expect((await atStripe(at)).evidence_details.submission_count).toBe(1);
  expect(await staff.db().staffRequest.count()).toBe(1);
});

test("if two colleagues send the evidence at the same time, it is sent once, and the page of the other one says why nothing was sent", async () => {
  const { at } = await dispute();
  const [anna, boris] = [await staff.colleague("anna"), await staff.colleague("boris")];
  await write(anna, at, { uncategorized_text: "They gave." });
  const forms = [await checkForm(anna, at), await checkForm(boris, at)] as const;
  await Promise.all([anna.press(submit, at, forms[0]), boris.press(submit, at, forms[1])]);
  const pages = [await page(anna, at), await page(boris, at)];
  expect(pages.filter((text) => text.includes("The evidence is with the bank"))).toHaveLength(1);
  expect(
    pages.filter((text) => /Another answer is on its way|Stripe asks for no evidence any more/.test(text)),
  ).toHaveLength(1);
  expect((await atStripe(at)).evidence_details.submission_count).toBe(1);
});

test("a confirmation page that was opened before a later save sends nothing", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, { uncategorized_text: "They gave." });
  const stale = await checkForm(care, at);
  await write(care, at, { uncategorized_text: "They gave twice." });
  await care.press(submit, at, stale);
  expect(await page(care, at)).toContain("had changed meanwhile, so nothing was sent");
  expect((await atStripe(at)).evidence_details).toMatchObject({ submission_count: 0, has_evidence: false });
});

test("when two colleagues edit the same draft, the later save is refused and both texts are kept", async () => {
  const { at } = await dispute();
  const [anna, boris] = [await staff.colleague("anna"), await staff.colleague("boris")];
  const opened = await draftForm(boris, at);
  await write(anna, at, { uncategorized_text: "Anna's words" });
  await boris.press(save, at, { ...opened, do: "check", uncategorized_text: "Boris's words" });
  const html = await boris.html(DisputePage, at);
  expect(html).toContain("A colleague has saved since you opened the page");
  expect(html).toContain("Boris&#x27;s words</textarea>");
  expect(html).toContain("Anna&#x27;s words</p>");
  expect((await draftForm(anna, at)).uncategorized_text).toBe("Anna's words");
  await boris.press(save, at, { ...(await draftForm(boris, at)), do: "save" });
  expect((await draftForm(anna, at)).uncategorized_text).toBe("Boris's words");
  expect(await staff.db().disputeDraft.count()).toBe(1);
});

test("a text that is too long is kept as typed, and its field shows the error", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  const long = "a".repeat(4_001);
  await write(care, at, { uncategorized_text: long });
  const html = await care.html(DisputePage, at);
  expect(html).toContain("4,001 characters are too many: at most 4,000.");
  expect(html).toContain(`${long}</textarea>`);
  expect(await staff.acts()).toEqual([]);
});

test("the bank gets the supporter's e-mail address if a colleague checks the box, and the colleague never sees the address", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, { address: "yes", uncategorized_text: "They gave." });
  const check = await care.html(ReviewEvidencePage, at);
  expect(check).toContain("The site sends the address");
  await care.press(stage, at, await checkForm(care, at, "stage"));
  const html = await care.html(DisputePage, at);
  expect(html).toContain("The bank has received nothing yet.");
  expect(await atStripe(at)).toMatchObject({
    status: "needs_response",
    evidence: { customer_email_address: "anna@example.org" },
  });
  expect(check + html).not.toContain("anna@");
  // If the next draft omits the address, the address is also removed at Stripe.
  const { address: _, ...without } = await draftForm(care, at);
  await care.press(save, at, { ...without, do: "save", uncategorized_text: "" });
  await care.press(stage, at, await checkForm(care, at, "stage"));
  expect((await atStripe(at)).evidence).toMatchObject({ customer_email_address: null, uncategorized_text: null });
});

test("the texts of a draft are sealed, and deleted when their supporter is erased", async () => {
  const { payment, at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, { uncategorized_text: "Rosa wrote to us" });
  const row = await staff.db().disputeDraft.findFirstOrThrow();
  expect(JSON.stringify(row)).not.toContain("Rosa");
  await endGiftsAndErase(staff.db(), payment.supporterId ?? "");
  expect(await staff.db().disputeDraft.count()).toBe(0);
});

test.each([
  ["refuses the texts", { does: "error", status: 400, times: 1 }, "Stripe refused"],
  ["does not answer", { does: "refuse", when: "before", times: 2 }, "Stripe did not answer in time"],
  ["fails with 500", { does: "error", status: 500, times: 2 }, "Stripe did not answer in time"],
])("if Stripe %s, nothing reaches the bank, the draft is kept and a later press works", async (_, rule, words) => {
  vi.spyOn(log, "error").mockImplementation(() => {});
  const { at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, { uncategorized_text: "They gave." });
  await staff.fault({ ...rule, method: "POST", path: "/v1/disputes/*" });
  await care.press(submit, at, await checkForm(care, at));
  expect(await page(care, at)).toContain(words);
  expect((await atStripe(at)).evidence_details.submission_count).toBe(0);
  expect((await staff.acts()).at(-1)).toBe("dispute-unchanged colleague-care");
  await staff.endFaults();
  await care.press(submit, at, await checkForm(care, at));
  expect(await page(care, at)).toContain("The evidence is with the bank");
});

test("if Stripe's answer is lost, its state is read back and nothing is sent again", async () => {
  vi.spyOn(log, "error").mockImplementation(() => {});
  const { at } = await dispute();
  const care = await staff.colleague("care");
  const path = `/newsroom/disputes/${at.disputeId}/accept/confirm`;
  const form = { ...submittedInputsOf(await care.html(AcceptDisputePage, at), path), ...WHY };
  await staff.fault({ does: "refuse", when: "after", method: "POST", path: "/v1/disputes/*", times: 2 });
  await care.press(accept, at, form);
  await staff.endFaults();
  expect(await page(care, at)).toContain("Stripe did not answer in time");
  await readBack(at);
  expect(await page(care, at)).toContain("Lost");
  await care.press(accept, at, { ...form, request: crypto.randomUUID() });
  expect(await page(care, at)).toContain("Stripe asks for no evidence any more");
  expect(await staff.acts()).toEqual(["dispute-accepted colleague-care", "dispute-unchanged colleague-care"]);
  const closed = await staff.stripe.events.list({ type: "charge.dispute.closed" });
  expect(closed.data).toHaveLength(1);
});

test("a dispute that was answered in Stripe's dashboard meanwhile is left alone", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, { uncategorized_text: "They gave." });
  const form = await checkForm(care, at);
  await staff.stripe.disputes.update(at.disputeId, { evidence: { uncategorized_text: "By hand." }, submit: true });
  await care.press(submit, at, form);
  const text = await page(care, at);
  expect(text).toContain("Stripe had closed this for answers already");
  expect(text).toContain("With the bank");
  expect((await atStripe(at)).evidence.uncategorized_text).toBe("By hand.");
});

test("accepting asks for a reason, loses the dispute at once, and allows no evidence afterwards", async () => {
  const { payment, at } = await dispute();
  const care = await staff.colleague("care");
  const path = `/newsroom/disputes/${at.disputeId}/accept/confirm`;
  const form = submittedInputsOf(await care.html(AcceptDisputePage, at), path);
  await care.press(accept, at, { ...form, why: "" });
  expect(await care.text(AcceptDisputePage, at)).toContain("Choose a reason.");
  expect((await atStripe(at)).status).toBe("needs_response");
  await Promise.all([care.press(accept, at, { ...form, ...WHY }), care.press(accept, at, { ...form, ...WHY })]);
  const text = await page(care, at);
  expect(text).toContain("The dispute is accepted");
  expect(text).toContain("Lost");
  expect((await atStripe(at)).status).toBe("lost");
  expect(await keptOf(payment)).toBe(0);
  await expectEqualBooks();
  expect(await staff.acts()).toEqual(["dispute-accepted colleague-care"]);
  const late = await care.press(save, at, { version: "0", do: "save", uncategorized_text: "Late" });
  expect(late.location).toBe(`/newsroom/disputes/${at.disputeId}`);
  expect(await page(care, at)).toContain("Stripe asks for no evidence any more");
});

test("the page of an inquiry says that no money has moved, and winning evidence closes the inquiry", async () => {
  const { payment, at } = await dispute(INQUIRY);
  const care = await staff.colleague("care");
  expect(await page(care, at)).toContain("no money has moved yet");
  await write(care, at, { uncategorized_text: "winning_evidence" });
  await care.press(submit, at, await checkForm(care, at));
  await expectEqualBooks();
  expect(await page(care, at)).toContain("The bank has closed its question");
  expect(await keptOf(payment)).toBe(2_000);
});

test("the form of a duplicate asks for the texts of that reason, and no others", async () => {
  const payment = await staff.give();
  const care = await staff.colleague("care");
  await staff.give();
  await postControlAction(staff.bench.url, "dispute", {
    key: "sk_test_bench",
    charge: payment.chargeId,
    reason: "duplicate",
  });
  await staff.recordNewEvents();
  const { id: disputeId } = await staff.db().dispute.findFirstOrThrow();
  const form = await draftForm(care, { disputeId });
  expect(form.duplicate_charge_id).toMatch(/^ch_/);
  expect(form.duplicate_charge_id).not.toBe(payment.chargeId);
  expect(form.duplicate_charge_explanation).toContain("There are two payments of $20.00");
  expect(form.cancellation_rebuttal).toBeUndefined();
});

test("an inquiry that has become a dispute since the page was opened is not accepted", async () => {
  const { at } = await dispute(INQUIRY);
  const care = await staff.colleague("care");
  const form = submittedInputsOf(
    await care.html(AcceptDisputePage, at),
    `/newsroom/disputes/${at.disputeId}/accept/confirm`,
  );
  await staff.stripe.disputes.update(at.disputeId, { evidence: { uncategorized_text: "escalate_inquiry_evidence" } });
  await expect.poll(async () => (await atStripe(at)).status).toBe("needs_response");
  await care.press(accept, at, { ...form, ...WHY });
  expect(await page(care, at)).toContain("The bank now asks for something else, so nothing was sent");
  expect((await atStripe(at)).status).toBe("needs_response");
});

test("an e-mail address that is removed from the draft never reaches the bank, even if it was staged and Stripe's answer was lost", async () => {
  vi.spyOn(log, "error").mockImplementation(() => {});
  const { at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, { address: "yes", uncategorized_text: "They gave." });
  await staff.fault({ does: "refuse", when: "after", method: "POST", path: "/v1/disputes/*", times: 2 });
  await care.press(stage, at, await checkForm(care, at, "stage"));
  await staff.endFaults();
  expect((await atStripe(at)).evidence.customer_email_address).toBe("anna@example.org");
  const { address: _, ...without } = await draftForm(care, at);
  await care.press(save, at, { ...without, do: "save" });
  await care.press(submit, at, await checkForm(care, at));
  expect(await atStripe(at)).toMatchObject({
    status: "under_review",
    evidence: { customer_email_address: null, uncategorized_text: "They gave." },
  });
});

test("sending evidence leaves a follow-up that later reads the dispute's state from Stripe", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, { uncategorized_text: "They gave." });
  await care.press(stage, at, await checkForm(care, at, "stage"));
  const { after } = await staff.db().followUp.findUniqueOrThrow({ where: { key: `dispute:${at.disputeId}` } });
  expect(after.getTime()).toBeGreaterThan(currentTime().getTime());
  await readBack(at);
});

test("a draft that cannot be unsealed blocks neither the page nor an answer", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, { uncategorized_text: "They gave." });
  await staff.db().disputeDraft.updateMany({ data: { textsSealed: "sealed with another key" } });
  expect((await draftForm(care, at)).product_description).toContain("A voluntary gift of $20.00");
  await write(care, at, { uncategorized_text: "They gave again." });
  await care.press(submit, at, await checkForm(care, at));
  expect((await atStripe(at)).evidence.uncategorized_text).toBe("They gave again.");
});

test("a text that could not be saved is shown to its author as their own, and can be dropped", async () => {
  const { at } = await dispute();
  const [anna, boris] = [await staff.colleague("anna"), await staff.colleague("boris")];
  const opened = await draftForm(boris, at);
  await write(anna, at, { uncategorized_text: "Anna's words" });
  await boris.press(save, at, { ...opened, do: "save", uncategorized_text: "Boris's words" });
  await page(boris, at);
  expect(await page(boris, at)).toContain("The fields contain your text of");
  await boris.press(save, at, { ...(await draftForm(boris, at)), do: "drop" });
  expect(await page(boris, at)).not.toContain("The fields contain your text of");
  expect((await draftForm(boris, at)).uncategorized_text).toBe("Anna's words");
});

test("for a gift that was cancelled after the payment, the evidence states the day of the cancellation", async () => {
  const { gift, payment } = await staff.giveMonthly();
  await staff.pass(2 * 24 * 60 * 60);
  await staff.stripe.subscriptions.update(gift.subscriptionId, { cancel_at_period_end: true });
  await staff.recordNewEvents();
  const charge = { charge: payment.chargeId, reason: "subscription_canceled" };
  await postControlAction(staff.bench.url, "dispute", { key: "sk_test_bench", ...charge });
  await staff.recordNewEvents();
  const { id: disputeId } = await staff.db().dispute.findFirstOrThrow();
  const care = await staff.colleague("care");
  const day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(currentTime());
  expect((await draftForm(care, { disputeId })).cancellation_rebuttal).toContain(
    `canceled on ${day}, after this payment`,
  );
});
