import { afterEach, beforeEach, expect, test } from "vitest";
import QueuePage from "@/app/newsroom/queue/page";
import { GET as ownData } from "@/app/supporters/own-data/export.json/route";
import type { Tx } from "@/domain/database";
import { saveGiftMessage, withdrawGiftMessage } from "@/domain/supporters/gift-message";
import type { OwnData } from "@/domain/supporters/own-data-format";
import { currentTime } from "@/systems/clock";
import type { Db } from "@/systems/database";
import { env } from "@/systems/env";
import { identityCrypto } from "@/systems/identity";
import { clearPublishedMessagesCache } from "@/systems/messages/published";
import { readAllLedgerRowsAsText } from "@/systems/testing/ledger-rows";
import { runInRequestOfTestBrowser, type TestBrowserState } from "@/systems/testing/request-scope";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import AnswerPage from "./page";
import { POST as send } from "./send/route";
import {
  decideMessageAs,
  type GiftSessionAndNonce,
  type GivenGift,
  giftMessageFormFields,
  giveAndSignIn,
  openLedgerForMessageTests,
  renderPageInTestBrowser,
  SIGNED_OUT_BROWSER,
  sendMessageFromSupporterArea,
  showGivePage,
  showMessagesPage,
  showReceiptPage,
  showThanksPage,
  signInStaff,
  submitForm,
} from "./testing/message-fixture";

const A_DAY_MS = 24 * 60 * 60 * 1000;
const WORDS = "Thank you for the report from Omsk.";

let db: Db;
let rosa: GivenGift;
let anna: GivenGift;
let staff: TestBrowserState;

beforeEach(async () => {
  db = await openLedgerForMessageTests();
  rosa = await giveAndSignIn(db, "rosa");
  anna = await giveAndSignIn(db, "anna");
  staff = await signInStaff(db);
});
afterEach(async () => {
  env().OUTLET_RISK = "standard";
  await db.$disconnect();
});

const typed = (words: Record<string, string>, gift: GiftSessionAndNonce = rosa) => giftMessageFormFields(gift, words);
const messagesPage = () => showMessagesPage(staff);
const decideOn = (gift: GivenGift, verb: string, version?: number) => decideMessageAs(staff, gift, verb, version);

test("the form is offered only to the device that gave, and only if the gift was not refunded", async () => {
  expect(await showThanksPage(rosa, rosa.formNonce)).toContain('action="/thank-you/message/send"');
  for (const other of [undefined, anna.formNonce])
    expect(await showThanksPage(rosa, other)).not.toContain("/thank-you/message");
  await db.payment.update({ where: { id: rosa.paymentId }, data: { refundedMinor: 7700n } });
  expect(await showThanksPage(rosa, rosa.formNonce)).not.toContain("/thank-you/message");
});

test("a message is sealed, shown only to its writer, and can be changed until a colleague has read it", async () => {
  const words = { text: WORDS, dedication: "Babushka Lena", penName: "Rosa K.", mayPublish: "yes" };
  const device = { ...SIGNED_OUT_BROWSER };
  expect(await submitForm(device, send, typed(words))).toBe("/thank-you/message");
  expect(await renderPageInTestBrowser(device, AnswerPage)).toContain("The newsroom has your message");
  const rows = (await readAllLedgerRowsAsText(db)).join("\n");
  for (const word of ["Omsk", "Lena", "Rosa K."]) expect(rows).not.toContain(word);
  expect(await showThanksPage(rosa, rosa.formNonce)).toContain("You have written to the newsroom");
  expect(await showReceiptPage(rosa)).toContain(WORDS);
  expect(await showReceiptPage(anna)).not.toContain(WORDS);
  expect(await sendMessageFromSupporterArea(rosa, { text: "Better words" })).toBe(
    "/supporters/gifts/payment_rosa#message",
  );
  expect(await showReceiptPage(rosa)).toContain("Better words");
  expect(await decideOn(rosa, "read", 2)).toBe("/newsroom/messages");
  await sendMessageFromSupporterArea(rosa, { text: "Too late" });
  const html = await showReceiptPage(rosa);
  for (const shown of ["can no longer be changed", "Too late", "Better words"]) expect(html).toContain(shown);
  expect(await messagesPage()).not.toContain("Too late");
});

test("a form that is sent twice makes one message, and does not undo a colleague's decision", async () => {
  const words = { text: WORDS, mayPublish: "yes" };
  const device = { ...SIGNED_OUT_BROWSER };
  await submitForm(device, send, typed(words));
  await decideOn(rosa, "publish");
  await submitForm(device, send, typed(words));
  expect(await renderPageInTestBrowser(device, AnswerPage)).toContain("The newsroom has your message");
  expect(await db.giftMessage.findMany()).toMatchObject([{ version: 1, status: "published" }]);
});

const SAVED = "The newsroom has your message";
const READ = "can no longer be changed";
const NEW_WORDS = "Words of this form";
const saveFromElsewhere = (text: string) => async (tx: Tx) => {
  const message = { text, dedication: "", penName: "", mayPublish: false };
  await saveGiftMessage(tx, { paymentId: rosa.paymentId, message, identity: identityCrypto(), now: currentTime() });
};
const withdrawElsewhere = (tx: Tx) => withdrawGiftMessage(tx, rosa.paymentId);
const readByColleague = async (tx: Tx) =>
  void (await tx.giftMessage.updateMany({ data: { status: "read" }, where: { paymentId: rosa.paymentId } }));

test.each([
  {
    meanwhile: "another form sends other words",
    first: null,
    between: saveFromElsewhere("Other"),
    answer: SAVED,
    version: 2,
  },
  {
    meanwhile: "another form sends the same words",
    first: null,
    between: saveFromElsewhere(NEW_WORDS),
    answer: SAVED,
    version: 1,
  },
  {
    meanwhile: "another form changes the words",
    first: WORDS,
    between: saveFromElsewhere("Other"),
    answer: SAVED,
    version: 3,
  },
  {
    meanwhile: "another form changes to the same words",
    first: WORDS,
    between: saveFromElsewhere(NEW_WORDS),
    answer: SAVED,
    version: 2,
  },
  { meanwhile: "the message is withdrawn", first: WORDS, between: withdrawElsewhere, answer: SAVED, version: 1 },
  { meanwhile: "a colleague reads the message", first: WORDS, between: readByColleague, answer: READ, version: 1 },
])("the answer is true if, while a form is saved, $meanwhile", async ({ first, between, answer, version }) => {
  if (first !== null) await sendMessageFromSupporterArea(rosa, { text: first });
  setRuntimeDatabase(withMeanwhile(db, between));
  const device = { ...SIGNED_OUT_BROWSER };
  await submitForm(device, send, typed({ text: NEW_WORDS }));
  const html = await renderPageInTestBrowser(device, AnswerPage);
  expect(html).toContain(answer);
  expect(html.includes(READ)).toBe(answer === READ);
  expect(await db.giftMessage.findMany()).toMatchObject([{ version, status: answer === READ ? "read" : "unread" }]);
  expect(await showReceiptPage(rosa)).toContain(answer === READ ? WORDS : NEW_WORDS);
});

/**
 * Returns a ledger that calls `between` once, directly after a transaction has read a message for the first time. So a
 * test can change the message in the middle of that transaction.
 */
function withMeanwhile(ledger: Db, between: (tx: Tx) => Promise<void>): Db {
  let isPending = true;
  const messagesOf = (tx: Tx) =>
    replaceIn(tx.giftMessage, "findUnique", async (query: never) => {
      const found = await tx.giftMessage.findUnique(query);
      if (isPending) {
        isPending = false;
        await between(tx);
      }
      return found;
    });
  return replaceIn(ledger, "$transaction", (work: (tx: Tx) => Promise<unknown>) =>
    ledger.$transaction((tx) => work(replaceIn(tx, "giftMessage", messagesOf(tx)))),
  );
}

function replaceIn<Target extends object>(target: Target, name: string, value: unknown): Target {
  return new Proxy(target, { get: (own, each) => (each === name ? value : Reflect.get(own, each)) });
}

test.each([
  ["another device", () => ({ session: rosa.session, formNonce: anna.formNonce })],
  ["an unknown gift", () => ({ session: "cs_test_unknown", formNonce: rosa.formNonce })],
  ["no gift", () => ({ session: "", formNonce: "" })],
])("a message from %s is not stored, and the page says why", async (_, gift) => {
  const device = { ...SIGNED_OUT_BROWSER };
  await submitForm(device, send, typed({ text: WORDS }, gift()));
  expect(await db.giftMessage.count()).toBe(0);
  expect(await renderPageInTestBrowser(device, AnswerPage)).toContain("We can no longer confirm");
});

test("the device that gave can write for a day, and the supporter can still write later in their area", async () => {
  await db.gift.update({
    where: { id: "gift_rosa" },
    data: { createdAt: new Date(currentTime().getTime() - A_DAY_MS) },
  });
  const device = { ...SIGNED_OUT_BROWSER };
  await submitForm(device, send, typed({ text: WORDS }));
  expect(await db.giftMessage.count()).toBe(0);
  expect(await renderPageInTestBrowser(device, AnswerPage)).toContain(WORDS);
  await sendMessageFromSupporterArea(rosa, { text: WORDS });
  expect(await db.giftMessage.count()).toBe(1);
});

test("nobody can write, change or withdraw a message for another supporter", async () => {
  await sendMessageFromSupporterArea(rosa, { text: WORDS });
  expect(await sendMessageFromSupporterArea(rosa, { text: "Not hers" }, anna.giverBrowser)).toBe("404");
  expect(await sendMessageFromSupporterArea(rosa, { do: "withdraw" }, anna.giverBrowser)).toBe("404");
  expect(await sendMessageFromSupporterArea(rosa, { do: "withdraw" }, { ...SIGNED_OUT_BROWSER })).toBe("303");
  await submitForm({ ...SIGNED_OUT_BROWSER }, send, {
    fields: { session: rosa.session, mark: anna.formNonce, do: "withdraw" },
  });
  expect(await db.giftMessage.findMany()).toMatchObject([{ version: 1 }]);
});

test.each([
  [{}, "Write a message, or the name of somebody"],
  [{ text: " \u202e\u200b\n " }, "Write a message, or the name of somebody"],
  [{ text: "x".repeat(501), dedication: "Lena" }, "This is longer than 500 characters."],
  [{ text: "Hello", dedication: "x".repeat(81) }, "This is longer than 80 characters."],
])("refuses %j with an error next to its field, and keeps what was typed", async (words, refusal) => {
  const fields = { ...words, penName: "Rosa K.", mayPublish: "yes" };
  await sendMessageFromSupporterArea(rosa, fields);
  const inOwnArea = await showReceiptPage(rosa);
  const device = { ...SIGNED_OUT_BROWSER };
  await submitForm(device, send, typed(fields));
  for (const html of [inOwnArea, await renderPageInTestBrowser(device, AnswerPage)]) {
    expect(html).toContain(refusal);
    expect(html).toContain("The message has not been sent yet");
    for (const kept of Object.values(words)) expect(html).toContain(kept.replace(/[\s\u202e\u200b]/g, ""));
    expect(html).toMatch(/value="Rosa K\."/);
    expect(html).toMatch(/name="mayPublish"[^>]*checked/);
  }
  expect(await db.giftMessage.count()).toBe(0);
});

test("characters that reverse or hide text are removed, and zero-width non-joiners stay", async () => {
  await sendMessageFromSupporterArea(rosa, {
    text: "a\u202eb\u2066c\u0000d\u200be\r\n\r\n\r\n\r\nمی\u200cخواهم",
    dedication: "Le\nna\u2029",
  });
  await decideOn(rosa, "read");
  const html = await messagesPage();
  expect(html).toContain('dir="auto">abcde\n\nمی\u200cخواهم</p>');
  expect(html).toContain("<bdi>Le na</bdi>");
});

test("a withdrawn message disappears at once from the ledger, the newsroom and /give", async () => {
  await submitForm({ ...SIGNED_OUT_BROWSER }, send, typed({ text: WORDS, mayPublish: "yes" }));
  await sendMessageFromSupporterArea(anna, { text: "Another", mayPublish: "yes" });
  for (const gift of [rosa, anna]) await decideOn(gift, "publish");
  expect(await showGivePage()).toContain(WORDS);
  const device = { ...SIGNED_OUT_BROWSER };
  await submitForm(device, send, { fields: { session: rosa.session, mark: rosa.formNonce, do: "withdraw" } });
  expect(await renderPageInTestBrowser(device, AnswerPage)).toContain("Your message is withdrawn");
  for (const html of [await showGivePage(), await messagesPage()]) {
    expect(html).not.toContain(WORDS);
    expect(html).toContain("Another");
  }
  await sendMessageFromSupporterArea(anna, { do: "withdraw" });
  expect(await showGivePage()).not.toContain("Another");
  expect(await db.giftMessage.count()).toBe(0);
});

test("/give shows a message that its writer allows and a colleague publishes, with its pen name", async () => {
  await sendMessageFromSupporterArea(rosa, { text: WORDS, dedication: "Lena", penName: "Rosa K.", mayPublish: "yes" });
  await sendMessageFromSupporterArea(anna, { text: "Between us", penName: "Anna" });
  expect(await showGivePage()).not.toContain(WORDS);
  for (const gift of [rosa, anna]) await decideOn(gift, "publish");
  expect(await messagesPage()).toContain("Its writer does not allow it to be published.");
  const html = await showGivePage();
  for (const shown of [WORDS, "Lena", "Rosa K."]) expect(html).toContain(shown);
  for (const hidden of ["Between us", "Anna", "€77"]) expect(html).not.toContain(hidden);
  await decideOn(rosa, "hide");
  expect(await showGivePage()).not.toContain(WORDS);
});

test("/give shows the three newest messages, none of a refunded gift, and none under high risk", async () => {
  const supporters = [
    rosa,
    anna,
    ...(await Promise.all(["olga", "ivan", "lena"].map((name) => giveAndSignIn(db, name)))),
  ];
  for (const [index, given] of supporters.entries()) {
    await sendMessageFromSupporterArea(given, { text: `words ${index}`, mayPublish: "yes" });
    await decideOn(given, "publish");
    const writtenAt = new Date(currentTime().getTime() + index * 1000);
    await db.giftMessage.update({ where: { paymentId: given.paymentId }, data: { writtenAt } });
  }
  const shown = async () => [...(await showGivePage()).matchAll(/words (\d)/g)].map(([, index]) => index);
  expect(await shown()).toEqual(["4", "3", "2"]);
  await db.payment.update({ where: { id: "payment_ivan" }, data: { refundedMinor: 7700n } });
  clearPublishedMessagesCache();
  expect(await shown()).toEqual(["4", "2", "1"]);
  env().OUTLET_RISK = "high";
  expect(await shown()).toEqual([]);
});

test("under high risk no message can be written, and an older message can still be withdrawn", async () => {
  await sendMessageFromSupporterArea(rosa, { text: WORDS });
  env().OUTLET_RISK = "high";
  expect(await showThanksPage(anna, anna.formNonce)).not.toContain("/thank-you/message");
  expect(await showReceiptPage(anna)).not.toContain("/message");
  for (const writing of [
    () => sendMessageFromSupporterArea(anna, { text: "No" }),
    () => submitForm({ ...SIGNED_OUT_BROWSER }, send, typed({ text: "No" }, anna)),
  ])
    await writing();
  expect(await db.giftMessage.count()).toBe(1);
  expect(await showReceiptPage(rosa)).not.toContain('value="save"');
  await sendMessageFromSupporterArea(rosa, { do: "withdraw" });
  expect(await db.giftMessage.count()).toBe(0);
});

test("a colleague decides only on the version that they saw, and the log has each decision without the text", async () => {
  await sendMessageFromSupporterArea(rosa, { text: WORDS, mayPublish: "yes" });
  await sendMessageFromSupporterArea(rosa, { text: "Other words", mayPublish: "yes" });
  await decideOn(rosa, "publish", 1);
  expect(await messagesPage()).toContain("has changed or withdrawn it meanwhile");
  expect(await showGivePage()).not.toContain("Other words");
  for (const verb of ["publish", "publish", "hide", "read", "made up"]) await decideOn(rosa, verb, 2);
  const acts = await db.act.findMany({ where: { kind: { startsWith: "message-" } }, orderBy: { number: "asc" } });
  expect(acts.map(({ kind, about, before, after }) => [kind, about, before, after])).toEqual([
    ["message-published", "payment:payment_rosa", '{"status":"unread"}', '{"status":"published"}'],
    ["message-hidden", "payment:payment_rosa", '{"status":"published"}', '{"status":"hidden"}'],
    ["message-read", "payment:payment_rosa", '{"status":"hidden"}', '{"status":"read"}'],
  ]);
});

test("the newsroom sees unread messages first, without amounts or e-mail addresses, and the queue only counts them", async () => {
  await sendMessageFromSupporterArea(rosa, { text: WORDS, dedication: "Lena" });
  await sendMessageFromSupporterArea(anna, { text: "Second" });
  await decideOn(anna, "read");
  const html = await messagesPage();
  expect(html.indexOf(WORDS)).toBeLessThan(html.indexOf("Second"));
  expect(html).toContain("One message is unread.");
  expect(html).not.toMatch(/€77|rosa@/);
  const queue = await renderPageInTestBrowser(staff, QueuePage);
  expect(queue).toContain("One message from a supporter has not been read.");
  expect(queue).not.toContain(WORDS);
  await decideOn(rosa, "read");
  expect(await renderPageInTestBrowser(staff, QueuePage)).not.toContain("has not been read");
});

test("the form of a payment can be sent ten times, and then the text comes back", async () => {
  const device = { ...SIGNED_OUT_BROWSER };
  for (let times = 0; times < 11; times += 1) await submitForm(device, send, typed({ text: `${WORDS} ${times}` }));
  const html = await renderPageInTestBrowser(device, AnswerPage);
  expect(html).toContain("Please try again in 15 minutes.");
  expect(html).toContain(`${WORDS} 10`);
  expect(await db.giftMessage.findMany()).toMatchObject([{ version: 10 }]);
});

test("the download of own data contains the supporter's message, and nobody else's", async () => {
  await sendMessageFromSupporterArea(rosa, { text: WORDS, dedication: "Lena", penName: "R.", mayPublish: "yes" });
  await sendMessageFromSupporterArea(anna, { text: "Not Rosa's" });
  const data: OwnData = await runInRequestOfTestBrowser(rosa.giverBrowser, async () => (await ownData()).json());
  expect(data.payments.map(({ message }) => message)).toMatchObject([
    { words: { text: WORDS, dedication: "Lena", penName: "R." }, mayBePublished: true, status: "unread" },
  ]);
});

test("a message that cannot be unsealed breaks no page and is not published", async () => {
  await sendMessageFromSupporterArea(rosa, { text: WORDS, mayPublish: "yes" });
  await decideOn(rosa, "publish");
  await db.giftMessage.updateMany({ data: { wordsSealed: "another key" } });
  clearPublishedMessagesCache();
  expect(await showGivePage()).not.toContain("What readers wrote");
  expect(await messagesPage()).toContain("can no longer be read");
  expect(await showReceiptPage(rosa)).toContain("can no longer be read");
});

test("the page /thank-you/message shows nothing if no form was sent", async () => {
  expect(await renderPageInTestBrowser({ ...SIGNED_OUT_BROWSER }, AnswerPage)).toContain(
    "There is nothing more to show here.",
  );
});
