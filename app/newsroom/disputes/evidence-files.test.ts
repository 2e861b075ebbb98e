import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { backoffUntil } from "@/systems/backoff";
import { currentTime } from "@/systems/clock";
import { askStripeToErase, endGiftsAndErase } from "@/systems/erasure";
import { carryOutFollowUpAndRecordAnswer } from "@/systems/follow-ups";
import { log } from "@/systems/log";
import { Mutex } from "@/systems/mutex";
import { runInRequestOfTestBrowser } from "@/systems/testing/request-scope";
import { openStaffFixture, type StaffFixture, submittedInputsOf } from "@/systems/testing/staff-fixture";
import ErasePage from "../../supporters/erase/page";
import { POST as pressItem } from "../queue/items/route";
import QueuePage from "../queue/page";
import { POST as save } from "./[disputeId]/draft/route";
import DisputePage from "./[disputeId]/page";
import { POST as submit } from "./[disputeId]/submit/confirm/route";
import ReviewEvidencePage from "./[disputeId]/submit/page";
import { POST as stage } from "./[disputeId]/submit/stage/route";

const FRAUD = "4000 0000 0000 0259";
const PDF = "%PDF-1.7\n1 0 obj << /Type /Page >>\n%%EOF\n";
const PNG = "\x89PNG\r\n\x1a\n a picture";
const JPEG = "\xff\xd8\xff\xe0 a photograph";
const WORDS = { uncategorized_text: "Anna gave, and wrote to us." };

let staff: StaffFixture;
beforeAll(async () => {
  staff = await openStaffFixture();
});
afterAll(() => staff.close());
beforeEach(() => staff.reset());

type Colleague = Awaited<ReturnType<StaffFixture["colleague"]>>;
type At = { disputeId: string };
type Fields = Record<string, string | File>;

const fileOf = (content: string, more = 0) =>
  new File([Buffer.from(content, "latin1"), Buffer.alloc(more)], "Anna Petrova.exe", { type: "text/html" });

async function dispute() {
  const payment = await staff.give({ card: FRAUD });
  const { id: disputeId } = await staff.db().dispute.findFirstOrThrow({ where: { paymentId: payment.id } });
  return { payment, disputeId, at: { disputeId } };
}

const draftForm = async (who: Colleague, at: At) =>
  submittedInputsOf(await who.html(DisputePage, at), `/newsroom/disputes/${at.disputeId}/draft`);

/** Saves a draft. If no file is chosen in a file field, the browser sends an empty file without a name. */
async function write(who: Colleague, at: At, fields: Fields) {
  const unchosen = { receipt: new File([], ""), uncategorized_file: new File([], "") };
  return who.press(save, at, { ...(await draftForm(who, at)), do: "save", ...unchosen, ...WORDS, ...fields });
}

const checkForm = async (who: Colleague, at: At, verb = "confirm") =>
  submittedInputsOf(await who.html(ReviewEvidencePage, at), `/newsroom/disputes/${at.disputeId}/submit/${verb}`);

const evidenceAt = async ({ disputeId }: At) => (await staff.stripe.disputes.retrieve(disputeId)).evidence;
const filesAtStripe = async () => (await staff.stripe.files.list({ limit: 100 })).data;
const nameOf = ({ filename, type, size, purpose }: Stripe.File) => `${filename} ${type} ${size} ${purpose}`;

test("a file goes to Stripe under the field's name and to the bank with the texts, and the site stores only its id", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  expect(await care.html(DisputePage, at)).toMatch(/<form[^>]* encType="multipart\/form-data"/i);
  await write(care, at, {
    receipt: fileOf(PDF),
    customer_communication: fileOf(PNG),
    uncategorized_file: fileOf(JPEG),
  });
  expect((await filesAtStripe()).map(nameOf).toSorted()).toEqual([
    `customer_communication.png png ${PNG.length} dispute_evidence`,
    `receipt.pdf pdf ${PDF.length} dispute_evidence`,
    `uncategorized_file.jpg jpg ${JPEG.length} dispute_evidence`,
  ]);
  const html = await care.html(DisputePage, at);
  expect(html).toContain("At Stripe: PDF, 1 kB. The bank does not have it yet.");
  expect(html).toContain("Anna gave, and wrote to us.</textarea>");
  const check = await care.text(ReviewEvidencePage, at);
  expect(check).toContain("Receipt PDF, 1 kB");
  await care.press(submit, at, await checkForm(care, at));
  const [other, mails, receipt] = await filesAtStripe();
  expect(await evidenceAt(at)).toMatchObject({
    ...WORDS,
    receipt: receipt?.id,
    customer_communication: mails?.id,
    uncategorized_file: other?.id,
  });
  expect(await care.text(DisputePage, at)).toContain("Receipt PDF, 1 kB");
  const stored = JSON.stringify([await staff.db().disputeDraft.findMany(), await staff.db().act.findMany()]);
  // Encrypted text is base64url, which can contain a short word by chance. So the test searches for a longer word, and
  // for texts with characters that base64url does not have.
  expect(stored).not.toMatch(/Petrova|%PDF|a picture/);
  expect((await staff.acts()).map((act) => act.split(" ")[0])).toEqual([
    ...["dispute-file-sent", "dispute-file-sent", "dispute-file-sent"],
    ...["dispute-draft-saved", "dispute-evidence-submitted"],
  ]);
});

test("a file can be replaced and removed, and a removed file is also removed at Stripe", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, { receipt: fileOf(PDF), uncategorized_file: fileOf(PDF) });
  await write(care, at, { receipt: fileOf(PNG) });
  await care.press(stage, at, await checkForm(care, at, "stage"));
  const [png] = await filesAtStripe();
  expect(png?.type).toBe("png");
  expect(await evidenceAt(at)).toMatchObject({ receipt: png?.id, uncategorized_file: expect.stringMatching(/^file_/) });
  await write(care, at, { "remove-receipt": "yes", ...WORDS });
  expect(await care.text(ReviewEvidencePage, at)).not.toContain("Receipt PNG");
  await care.press(stage, at, await checkForm(care, at, "stage"));
  expect(await evidenceAt(at)).toMatchObject({ ...WORDS, receipt: null, uncategorized_file: expect.any(String) });
  const acts = await staff.db().act.findMany({ where: { kind: "dispute-draft-saved" }, orderBy: { number: "asc" } });
  expect(acts.map(({ after }) => JSON.parse(after ?? ""))).toMatchObject([
    { added: "receipt, uncategorized_file" },
    { added: "receipt" },
    { removed: "receipt" },
  ]);
});

test("a draft that contains only a file can be sent", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  const empty = { product_description: "", service_date: "", access_activity_log: "", uncategorized_text: "" };
  await write(care, at, { ...empty, receipt: fileOf(PDF) });
  await care.press(submit, at, await checkForm(care, at));
  expect(await care.text(DisputePage, at)).toContain("The evidence is with the bank");
});

test.each([
  ["has the content of another type", fileOf("<svg>"), "this is not a PDF, PNG or JPEG"],
  ["has more than 4.5 MB", fileOf(PDF, 4_500_000), "all files together may have at most 4.5 MB"],
  ["has 30 MB", fileOf(PDF, 30_000_000), "all files together may have at most 4.5 MB"],
])("a file that %s is not sent to Stripe; the field says why, and the texts are kept", async (_, file, words) => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, { uncategorized_file: file });
  const html = await care.html(DisputePage, at);
  expect(html).toContain("Not saved yet");
  expect(html).toContain("Anna gave, and wrote to us.</textarea>");
  const field = html.slice(html.indexOf('id="file-uncategorized_file"'));
  expect(field.slice(0, field.indexOf("</div>"))).toContain('aria-invalid="true"');
  expect(field).toContain(words);
  expect(await filesAtStripe()).toEqual([]);
  expect(await staff.acts()).toEqual([]);
  await write(care, at, {});
  const saved = await care.html(DisputePage, at);
  expect(saved).toContain("The draft is saved");
  expect(saved).not.toContain(words);
});

test("of two files that are too large together, the first is kept, the second is refused with an error next to its field, and no text is lost", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, { receipt: fileOf(PDF, 2_500_000), uncategorized_file: fileOf(PNG, 2_500_000) });
  const html = await care.html(DisputePage, at);
  expect(html).toContain("At Stripe: PDF, 2.5 MB. It is not saved with the draft yet.");
  expect(html.slice(html.indexOf('id="file-uncategorized_file"'))).toContain(
    "all files together may have at most 4.5 MB",
  );
  await write(care, at, {});
  expect(await care.text(DisputePage, at)).toContain("At Stripe: PDF, 2.5 MB. The bank does not have it yet.");
  // A new file in the same field replaces the first file, so the first file's size no longer counts.
  await write(care, at, { receipt: fileOf(JPEG, 4_000_000) });
  expect(await care.text(DisputePage, at)).toContain("At Stripe: JPG, 4 MB.");
});

test("three presses of a form at the same time, and one later, send its file once", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  const form = { ...(await draftForm(care, at)), ...WORDS, do: "check", receipt: fileOf(PDF) };
  const pressed = await Promise.all([1, 2, 3].map(() => care.press(save, at, form)));
  pressed.push(await care.press(save, at, form));
  expect(new Set(pressed.map(({ location }) => location))).toEqual(
    new Set([`/newsroom/disputes/${at.disputeId}/submit`]),
  );
  expect(await filesAtStripe()).toHaveLength(1);
  expect(await staff.acts()).toEqual(["dispute-file-sent colleague-care", "dispute-draft-saved colleague-care"]);
  expect(await staff.db().disputeDraft.count()).toBe(1);
});

const REPLACED = /At Stripe: PNG, 1 kB. It is not saved with the draft yet. It will replace the saved file: PDF, 1 kB./;
const MARKED_FOR_REMOVAL = /At Stripe: PDF, 1 kB\. The bank.*?<input[^>]*name="remove-receipt"[^>]*checked/;
test.each<[string, Fields, RegExp]>([
  ["another file", { receipt: fileOf(PNG) }, REPLACED],
  ["other words", { uncategorized_text: "Other words" }, /Other words<\/textarea>/],
  ["the checked address box", { address: "yes" }, /<input[^>]*name="address"[^>]*checked/],
  ["a file to remove", { receipt: new File([], ""), "remove-receipt": "yes" }, MARKED_FOR_REMOVAL],
])(
  "a form that is sent again from the back button with %s is a new form, not a second press",
  async (_, more, shown) => {
    const { at } = await dispute();
    const care = await staff.colleague("care");
    const form = { ...(await draftForm(care, at)), ...WORDS, do: "save", receipt: fileOf(PDF) };
    await care.press(save, at, form);
    await care.press(save, at, { ...form, ...more });
    const html = await care.html(DisputePage, at);
    expect(html).toContain("A colleague has saved since you opened the page");
    expect(html).toMatch(shown);
  },
);

test("a refused form keeps its checked boxes, and saving it then removes those files", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  const page = () => care.html(DisputePage, at);
  await write(care, at, { receipt: fileOf(PDF), uncategorized_file: fileOf(PNG) });
  const ticks = { "remove-receipt": "yes", "remove-uncategorized_file": "yes" };
  await write(care, at, { ...ticks, uncategorized_text: "a".repeat(4_001), uncategorized_file: fileOf(JPEG) });
  expect(await page()).toMatch(MARKED_FOR_REMOVAL);
  // In the refused form, this field had both a new file and a checked checkbox. The new file replaces the saved one
  // anyway, so the checkbox to remove the saved one is now unchecked.
  expect(await page()).not.toMatch(/<input[^>]*name="remove-uncategorized_file"[^>]*checked/);
  await write(care, at, {});
  expect(await page()).not.toMatch(/name="remove-receipt"|PNG, 1 kB/);
  expect(await page()).toContain("At Stripe: JPG, 1 kB. The bank does not have it yet.");
});

test("a form opened before a colleague's save keeps its file for its author, and does not replace the colleague's file", async () => {
  const { at } = await dispute();
  const [anna, boris] = [await staff.colleague("anna"), await staff.colleague("boris")];
  const opened = await draftForm(boris, at);
  await write(anna, at, { receipt: fileOf(PDF) });
  await boris.press(save, at, { ...opened, ...WORDS, do: "save", uncategorized_file: fileOf(PNG) });
  expect(await anna.text(DisputePage, at)).not.toContain("PNG, 1 kB");
  expect(await boris.text(DisputePage, at)).toContain("At Stripe: PNG, 1 kB. It is not saved with the draft yet.");
  await write(boris, at, {});
  const text = await anna.text(DisputePage, at);
  expect(text).toContain("At Stripe: PDF, 1 kB. The bank does not have it yet.");
  expect(text).toContain("At Stripe: PNG, 1 kB. The bank does not have it yet.");
});

test("a file can be removed after the bank's reason has changed to one without its field", async () => {
  const { at, disputeId } = await dispute();
  const care = await staff.colleague("care");
  const giveReason = (reason: string) => staff.db().dispute.update({ where: { id: disputeId }, data: { reason } });
  await giveReason("product_unacceptable");
  await write(care, at, { refund_policy: fileOf(PDF) });
  await giveReason("fraudulent");
  expect(await care.text(ReviewEvidencePage, at)).toContain("What supporters read about refunds PDF, 1 kB");
  const html = await care.html(DisputePage, at);
  expect(html).not.toContain('id="file-refund_policy"');
  expect(html).toContain("The bank’s reason has changed");
  await write(care, at, { "remove-refund_policy": "yes" });
  expect(await care.html(DisputePage, at)).not.toContain("refund_policy");
  expect(await care.text(ReviewEvidencePage, at)).not.toContain("PDF, 1 kB");
});

test("if Stripe refuses a file, its field and the log say so, and the other file is kept with the texts", async () => {
  const warn = vi.spyOn(log, "warn").mockImplementation(() => {});
  const { at } = await dispute();
  const care = await staff.colleague("care");
  const long = fileOf(`%PDF-1.7\n${"<< /Type /Page >>\n".repeat(50)}`);
  await write(care, at, { receipt: long, uncategorized_file: fileOf(PNG) });
  const html = await care.html(DisputePage, at);
  expect(html).toContain("Stripe did not take this file. It may have more than 49 pages");
  expect(html).toContain("At Stripe: PNG, 1 kB. It is not saved with the draft yet.");
  expect(html).toContain("Anna gave, and wrote to us.</textarea>");
  const about = { dispute: at.disputeId, field: "receipt", code: expect.stringMatching(/^\w+$/) };
  expect(warn).toHaveBeenCalledWith(about, "Stripe refused a file as evidence");
});

test("if the API key has no permission to write files, the server's log says so, and the texts are kept", async () => {
  const warn = vi.spyOn(log, "warn").mockImplementation(() => {});
  const { at } = await dispute();
  const care = await staff.colleague("care");
  await staff.fault({ does: "error", status: 403, method: "POST", path: "/v1/files", times: 1 });
  await write(care, at, { receipt: fileOf(PDF) });
  await staff.endFaults();
  expect(JSON.stringify(warn.mock.calls)).toContain("StripePermissionError");
  expect(await care.html(DisputePage, at)).toContain("Anna gave, and wrote to us.</textarea>");
});

test("if Stripe does not answer, the texts are kept, and the file can be sent again", async () => {
  vi.spyOn(log, "error").mockImplementation(() => {});
  const { at } = await dispute();
  const care = await staff.colleague("care");
  await staff.fault({ does: "refuse", when: "before", method: "POST", path: "/v1/files", times: 2 });
  await write(care, at, { receipt: fileOf(PDF) });
  await staff.endFaults();
  const html = await care.html(DisputePage, at);
  expect(html).toContain("Stripe did not answer in time. Choose the file again.");
  expect(html).toContain("Anna gave, and wrote to us.</textarea>");
  await write(care, at, { receipt: fileOf(PDF) });
  expect(await care.text(DisputePage, at)).toContain("At Stripe: PDF, 1 kB. The bank does not have it yet.");
});

test("a form that waits too long for a colleague's upload is kept without its file, and says so", async () => {
  const { at } = await dispute();
  const [anna, boris] = [await staff.colleague("anna"), await staff.colleague("boris")];
  const { lock } = Mutex.prototype;
  let endUpload = () => {};
  const uploadEnds = new Promise<void>((done) => (endUpload = done));
  vi.spyOn(Mutex.prototype, "lock").mockImplementation(async function (this: Mutex, timeoutMs) {
    if (timeoutMs !== 20_000) return lock.call(this, timeoutMs);
    const release = await lock.call(this, 20);
    return () => void uploadEnds.then(release);
  });
  const opened = await draftForm(boris, at);
  await write(anna, at, { receipt: fileOf(PDF) });
  await boris.press(save, at, { ...opened, ...WORDS, do: "save", uncategorized_file: fileOf(PNG) });
  const html = await boris.html(DisputePage, at);
  endUpload();
  vi.mocked(Mutex.prototype.lock).mockRestore();
  expect(html.slice(html.indexOf('id="file-uncategorized_file"'))).toContain(
    "the site is still sending other files to Stripe",
  );
  expect(html).toContain("Anna gave, and wrote to us.</textarea>");
  expect((await filesAtStripe()).map(({ filename }) => filename)).toEqual(["receipt.pdf"]);
  await write(boris, at, { uncategorized_file: fileOf(PNG) });
  expect(await boris.text(DisputePage, at)).toContain("At Stripe: PNG, 1 kB. The bank does not have it yet.");
});

test("a form that is sent again with a refused file does not count as saved", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  const form = { ...(await draftForm(care, at)), ...WORDS, do: "save" };
  await care.press(save, at, form);
  await care.press(save, at, { ...form, receipt: fileOf("<svg>") });
  expect(await care.text(DisputePage, at)).toContain("this is not a PDF, PNG or JPEG");
});

test("no file is sent once Stripe asks for no evidence any more", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  const form = await draftForm(care, at);
  await staff.stripe.disputes.close(at.disputeId);
  await staff.recordNewEvents();
  await care.press(save, at, { ...form, do: "save", receipt: fileOf(PDF) });
  expect(await care.text(DisputePage, at)).toContain("Stripe asks for no evidence any more");
  expect(await filesAtStripe()).toEqual([]);
});

test.each([
  ["an incomplete body", '--b\r\nContent-Disposition: form-data; name="receipt"; filename="a"\r\n\r\n%PDF-'],
  [
    "a field that occurs twice",
    '--b\r\nContent-Disposition: form-data; name="do"\r\n\r\nsave\r\n'.repeat(2).concat("--b--\r\n"),
  ],
  [
    "texts that are too long",
    `--b\r\nContent-Disposition: form-data; name="do"\r\n\r\n${"a".repeat(250_001)}\r\n--b--\r\n`,
  ],
])("%s is refused", async (_, body) => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  const headers = { "sec-fetch-site": "same-origin", "content-type": "multipart/form-data; boundary=b" };
  const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body });
  const answer = await runInRequestOfTestBrowser(care.browser, () => save(request, { params: Promise.resolve(at) }));
  expect(answer.status).toBe(400);
  expect(await staff.db().disputeDraft.count()).toBe(0);
});

test("the body of a form is not read before its sender is known to be a colleague", async () => {
  const { at } = await dispute();
  const reader = await staff.signedIn("anna@example.org");
  const send = (browser: { session?: string }, site: string) => {
    const headers = { "sec-fetch-site": site, "content-type": "multipart/form-data; boundary=b" };
    const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body: "--b--\r\n" });
    const answer = runInRequestOfTestBrowser(browser, () => save(request, { params: Promise.resolve(at) }));
    return answer
      .then(
        ({ status }) => status,
        () => "thrown",
      )
      .then((status) => [status, request.bodyUsed]);
  };
  expect(await send({}, "same-origin")).toEqual(["thrown", false]);
  expect(await send(reader.browser, "same-origin")).toEqual(["thrown", false]);
  expect(await send({}, "cross-site")).toEqual([403, false]);
  const care = await staff.colleague("care");
  expect((await send(care.browser, "same-origin"))[1]).toBe(true);
});

test("evidence that Stripe filled in, or that somebody added in its dashboard, does not go to the bank", async () => {
  const { at } = await dispute();
  const care = await staff.colleague("care");
  expect(await evidenceAt(at)).toMatchObject({
    customer_name: "Rosa Reader",
    customer_email_address: "anna@example.org",
  });
  const file = { data: Buffer.from(PDF), name: "by-hand.pdf" };
  const { id: signature } = await staff.stripe.files.create({ purpose: "dispute_evidence", file });
  const byHand = { customer_signature: signature, shipping_carrier: "Post", customer_purchase_ip: "192.0.2.1" };
  await staff.stripe.disputes.update(at.disputeId, { evidence: byHand, submit: false });
  await write(care, at, {});
  await care.press(submit, at, await checkForm(care, at));
  const held = Object.entries(await evidenceAt(at)).filter(([, value]) => typeof value === "string" && value);
  expect(held.map(([name]) => name).toSorted()).toEqual(["service_date", "uncategorized_text"]);
});

test("an erasure removes unsent evidence from Stripe, retries until Stripe answers, and leaves submitted evidence", async () => {
  vi.spyOn(log, "warn").mockImplementation(() => {});
  const [open, sent] = [await dispute(), await dispute()];
  const care = await staff.colleague("care");
  for (const { at } of [open, sent]) await write(care, at, { address: "yes", receipt: fileOf(PDF) });
  await care.press(stage, open.at, await checkForm(care, open.at, "stage"));
  await care.press(submit, sent.at, await checkForm(care, sent.at));
  await staff.recordNewEvents();
  const supporter = await staff.signedIn("anna@example.org");
  expect(await supporter.text(ErasePage)).toContain("files for it stay at Stripe for up to nine months");
  await staff.fault({ does: "error", status: 500, method: "POST", path: "/v1/disputes/*", times: 2 });
  await endGiftsAndErase(staff.db(), open.payment.supporterId ?? "");
  await askStripeToErase(staff.db());
  expect((await evidenceAt(open.at)).customer_email_address).toBe("anna@example.org");
  await staff.endFaults();
  await askStripeToErase(staff.db());
  const held = Object.values(await evidenceAt(open.at)).filter((value) => typeof value === "string" && value);
  expect(held).toEqual([]);
  expect((await evidenceAt(sent.at)).customer_email_address).toBe("anna@example.org");
  expect(await staff.db().followUp.count({ where: { key: { startsWith: "erase-" } } })).toBe(0);
  expect(await staff.db().disputeDraft.count()).toBe(0);
});

test.each([
  ["all evidence together", { status: 400, times: 1 }, []],
  ["one field permanently", { status: 400, times: 2 }, ["customer_email_address"]],
])("if Stripe refuses to remove %s, an erasure removes all other fields and then stops", async (_, refusal, left) => {
  const error = vi.spyOn(log, "error").mockImplementation(() => {});
  const { at, payment, disputeId } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, {});
  await care.press(stage, at, await checkForm(care, at, "stage"));
  const byHand = { customer_email_address: "anna@example.org" };
  await staff.stripe.disputes.update(disputeId, { evidence: byHand, submit: false });
  await endGiftsAndErase(staff.db(), payment.supporterId ?? "");
  error.mockClear();
  await staff.fault({ does: "error", method: "POST", path: "/v1/disputes/*", ...refusal });
  await askStripeToErase(staff.db());
  await staff.endFaults();
  const held = Object.entries(await evidenceAt(at)).filter(([, value]) => typeof value === "string" && value);
  expect(held.map(([name]) => name)).toEqual(left);
  expect(await staff.db().followUp.count({ where: { key: { startsWith: "erase-evidence:" } } })).toBe(0);
  const line = [
    { dispute: disputeId, fields: left },
    "Stripe keeps evidence of an erased supporter: remove it in its dashboard",
  ];
  expect(error.mock.calls).toEqual(left.length > 0 ? [line] : []);
  const queue = await care.text(QueuePage);
  if (left.length > 0) expect(queue).toContain(`${disputeId} : customer_email_address`);
  else expect(queue).not.toContain("refuses to remove");
  await write(care, at, {});
  await care.press(stage, at, await checkForm(care, at, "stage"));
  expect(await evidenceAt(at)).toMatchObject(WORDS);
});

test("the queue shows the evidence that Stripe refused to remove until a colleague marks it as done, and again if Stripe then refuses other fields", async () => {
  vi.spyOn(log, "error").mockImplementation(() => {});
  const { at, payment, disputeId } = await dispute();
  const care = await staff.colleague("care");
  const erase = async (refused: number) => {
    await staff.db().followUp.deleteMany({ where: { key: `erase-evidence:${disputeId}` } });
    await staff.db().followUp.create({ data: { key: `erase-evidence:${disputeId}`, after: currentTime() } });
    if (refused > 0)
      await staff.fault({ does: "error", method: "POST", path: "/v1/disputes/*", status: 400, times: refused });
    await askStripeToErase(staff.db());
    await staff.endFaults();
  };
  await endGiftsAndErase(staff.db(), payment.supporterId ?? "");
  const held = Object.values(await evidenceAt(at)).filter((value) => typeof value === "string" && value).length;
  await erase(held + 1);
  expect(await care.text(QueuePage)).toContain("customer_email_address, customer_name");
  const key = `evidence-left:${disputeId}`;
  await care.press(pressItem, {}, { key, do: "take", seen: "" });
  expect(await care.text(QueuePage)).toContain("You have taken this since");
  await care.press(pressItem, {}, { key, do: "done", note: "solved" });
  const done = await care.text(QueuePage);
  expect(done).not.toContain("refuses to remove");
  expect(done).toMatch(new RegExp(`Done recently.*${key} Solved`));
  // At the next attempt, Stripe refuses only one field. This set of refused fields is new, so the queue lists the task
  // again, although a colleague had marked it as done. At the last attempt Stripe refuses nothing.
  await erase(2);
  expect(await care.text(QueuePage)).toContain(`${disputeId} : customer_email_address Refused on`);
  await erase(0);
  expect(await care.text(QueuePage)).not.toContain("refuses to remove");
  expect(JSON.stringify([await staff.db().workItem.findMany(), await staff.db().act.findMany()])).not.toMatch(
    /Rosa|anna@/,
  );
});

test("an erasure is retried while Stripe refuses the API key", async () => {
  vi.spyOn(log, "warn").mockImplementation(() => {});
  const { at, payment } = await dispute();
  await endGiftsAndErase(staff.db(), payment.supporterId ?? "");
  await staff.fault({ does: "error", status: 403, method: "POST", path: "/v1/disputes/*", times: 1 });
  await askStripeToErase(staff.db());
  expect((await evidenceAt(at)).customer_name).toBe("Rosa Reader");
  await staff.endFaults();
  await askStripeToErase(staff.db());
  expect((await evidenceAt(at)).customer_name).toBeNull();
});

test("an erasure is postponed while a colleague's evidence is being sent, and evidence is refused while an erasure is in progress", async () => {
  const { payment, disputeId, at } = await dispute();
  const care = await staff.colleague("care");
  await write(care, at, {});
  await care.press(stage, at, await checkForm(care, at, "stage"));
  const { db } = staff;
  const answering = { where: { about: `dispute:${disputeId}` }, data: { openAbout: `dispute:${disputeId}` } };
  await db().staffRequest.updateMany(answering);
  await endGiftsAndErase(db(), payment.supporterId ?? "");
  const key = `erase-evidence:${disputeId}`;
  const ask = async () => {
    const { after } = await db().followUp.findUniqueOrThrow({ where: { key } });
    await carryOutFollowUpAndRecordAnswer(db(), { key, after, askAgainAt: backoffUntil(currentTime(), 0) });
  };
  await ask();
  expect((await evidenceAt(at)).uncategorized_text).toBe(WORDS.uncategorized_text);
  await db().staffRequest.updateMany({ ...answering, data: { openAbout: null } });
  await write(care, at, { uncategorized_text: "Written afterwards." });
  await care.press(submit, at, await checkForm(care, at));
  expect(await care.text(DisputePage, at)).toContain("Another answer is on its way at this moment");
  await ask();
  await care.press(submit, at, await checkForm(care, at));
  expect(await evidenceAt(at)).toMatchObject({ uncategorized_text: "Written afterwards.", customer_name: null });
});
