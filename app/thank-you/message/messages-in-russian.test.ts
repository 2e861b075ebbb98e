import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { publication } from "@/publication";
import type { Db } from "@/systems/database";
import { visibleTextOf } from "@/systems/testing/browser";
import AnswerPage from "./page";
import { POST as send } from "./send/route";
import {
  decideMessageAs,
  type GivenGift,
  giftMessageFormFields,
  giveAndSignIn,
  openLedgerForMessageTests,
  renderPageInTestBrowser,
  SIGNED_OUT_BROWSER,
  sendMessageFromSupporterArea,
  showGivePage,
  showReceiptPage,
  showThanksPage,
  signInStaff,
  submitForm,
} from "./testing/message-fixture";

const WORDS = "Спасибо за репортаж из Омска.";
const ENGLISH = /[a-z]+ [a-z]+/i;

let db: Db;
let rosa: GivenGift;

beforeAll(() => {
  Object.assign(publication, { languages: ["en", "ru"] });
});
afterAll(() => {
  Object.assign(publication, { languages: ["en"] });
});
beforeEach(async () => {
  db = await openLedgerForMessageTests();
  rosa = await giveAndSignIn(db, "rosa", { locale: "ru" });
});
afterEach(() => db.$disconnect());

function messageIn(html: string): string {
  return visibleTextOf(/<section class="message-(?:offer|own)".*?<\/section>/s.exec(html)?.[0] ?? "");
}

test("the form after giving, its refusal, and the pages after sending and withdrawing a message are in Russian", async () => {
  const offered = messageIn(await showThanksPage(rosa, rosa.formNonce));
  expect(offered).toContain("Написать редакции или посвятить пожертвование");
  const device = { ...SIGNED_OUT_BROWSER };
  const sendFrom = (fields: Record<string, string>) => submitForm(device, send, giftMessageFormFields(rosa, fields));
  expect(await sendFrom({ text: " ", penName: "Роза" })).toBe("/thank-you/message?language=ru");
  const refused = visibleTextOf(await renderPageInTestBrowser(device, AnswerPage));
  expect(refused).toContain("Напишите сообщение или имя того, кому посвящаете пожертвование.");
  await sendFrom({ text: WORDS, dedication: "Бабушка Лена" });
  const saved = visibleTextOf(await renderPageInTestBrowser(device, AnswerPage));
  expect(saved).toContain("Сообщение у редакции");
  const written = messageIn(await showThanksPage(rosa, rosa.formNonce));
  expect(written).toContain("Об этом пожертвовании вы уже написали редакции.");
  await sendFrom({ do: "withdraw" });
  const withdrawn = visibleTextOf(await renderPageInTestBrowser(device, AnswerPage));
  expect(withdrawn).toContain("Сообщение отозвано");
  for (const words of [offered, refused, saved, written, withdrawn]) expect(words).not.toMatch(ENGLISH);
});

test("the supporter reads, changes and withdraws the message in Russian, and the Russian page for gifts shows it", async () => {
  await sendMessageFromSupporterArea(rosa, {
    text: WORDS,
    dedication: "Бабушка Лена",
    penName: "Роза",
    mayPublish: "yes",
  });
  const unread = messageIn(await showReceiptPage(rosa));
  expect(unread).toContain("Его ещё не прочитали, поэтому его можно изменить.");
  await decideMessageAs(await signInStaff(db), rosa, "publish");
  const published = messageIn(await showReceiptPage(rosa));
  expect(published).toContain("Посвящается: Бабушка Лена");
  await sendMessageFromSupporterArea(rosa, { text: "Поздно" });
  const tooLate = messageIn(await showReceiptPage(rosa));
  expect(tooLate).toContain("Редакция уже прочитала ваше сообщение");
  expect(visibleTextOf(await showGivePage("ru"))).toContain(
    `Что пишут читатели ${WORDS} Посвящается: Бабушка Лена Роза`,
  );
  await sendMessageFromSupporterArea(rosa, { do: "withdraw" });
  const withdrawn = messageIn(await showReceiptPage(rosa));
  expect(withdrawn).toContain("Сообщение отозвано");
  expect(visibleTextOf(await showGivePage("ru"))).not.toContain(WORDS);
  for (const words of [unread, published, tooLate, withdrawn]) expect(words).not.toMatch(ENGLISH);
});

test("a device that did not give is told so in the language of the gift", async () => {
  const device = { ...SIGNED_OUT_BROWSER };
  await submitForm(device, send, giftMessageFormFields({ ...rosa, formNonce: "x".repeat(32) }, { text: WORDS }));
  const words = visibleTextOf(await renderPageInTestBrowser(device, AnswerPage));
  expect(words).toContain("Мы больше не можем проверить, что это пожертвование сделано с этого устройства.");
  expect(words).not.toMatch(ENGLISH);
});
