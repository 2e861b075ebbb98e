import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, expect, test } from "vitest";
import { translator } from "@/content/messages";
import type { StaffActValueName, StaffActValues } from "@/domain/newsroom/staff/act-values";
import { appendToAuditLog, type NewStaffAct, STAFF_ACT_KINDS } from "@/domain/newsroom/staff/acts";
import { ACTS_PER_PAGE, listActs, parseAuditLogFilter } from "@/domain/newsroom/staff/log";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import type { Db } from "@/systems/database";
import { AuditLogTable } from "./audit-log-table";

const TIME = "2026-11-27T09:00:00.000Z";
const ID = "a1b2c3d4-0000-4000-8000-abcdefabcdef";

/**
 * Every value that the site can record, by name. For a closed set, all of its values. The type check fails if a name is
 * missing here.
 */
const EXAMPLES: { [Name in StaffActValueName]: readonly StaffActValues[Name][] } = {
  added: ["receipt, customer_communication, cancellation_policy"],
  amountMinor: [1250, null],
  appeal: [ID],
  arms: ["a 50%, b 40%, hold-out 10%"],
  as: [2],
  by: [ID],
  bytes: [120_000],
  capMinor: [20_000],
  code: ["no_payment_intent", "no_longer_kept", "gift_not_ended", "charge_disputed", "over", "unknown"],
  currency: ["EUR"],
  dispute: ["du_1"],
  endsAt: [TIME, null],
  endsGift: [true, false],
  failed: [0],
  field: [
    ...(["receipt", "customer_communication", "cancellation_policy"] as const),
    ...(["refund_policy", "duplicate_charge_documentation", "uncategorized_file"] as const),
  ],
  filter: ["", "state=held-by-bank&currency=USD&kind=once&from=2026-11-01", `by=site&kind=role-changed&about=${ID}`],
  from: ["2026-11-01"],
  into: [ID],
  isOldLost: [true, false],
  keptMinor: [0, null],
  lastDay: ["2026-12-24"],
  left: [9],
  months: [3],
  nextPaymentAt: [TIME, null],
  note: ["solved", "answered", "harmless", "not-ours", "passed-on"],
  outcome: ["failed", "not-taken", "refused", "unanswered", "over", "changed", "unchanged"],
  plannedReaders: [20_000],
  rates: ["USD 1.08, GBP 1.2", ""],
  recorded: [3],
  refund: ["re_1"],
  removed: ["refund_policy, duplicate_charge_documentation, uncategorized_file"],
  request: [ID],
  resumesAt: [TIME, null],
  role: ["viewer", "editor", "care", "admin"],
  rows: [250],
  smallestEffectMinor: [0.5],
  standing: ["starting", "running", "late", "unpaid", "paused", "ending", "ended"],
  startsAt: [TIME, null],
  state: ["draft", "scheduled", "live", "ended"],
  status: [
    ...["unread", "read", "published", "hidden", "lost", "needs_response", "prevented", "under_review", "won"],
    ...["warning_closed", "warning_needs_response", "warning_under_review"],
  ],
  to: ["2026-11-30"],
  type: ["pdf", "png", "jpg"],
  until: [TIME, null],
  version: [4, null],
  why: ["asked", "mistake", "fraud", "answer", "payment", "misdirected", "law", "dispute", "other"],
  wish: ["amount", "pause", "resume", "cancel", "stage", "submit", "accept"],
  with: ["app", "recovery-code", "passkey"],
};

let db: Db;
beforeEach(async () => {
  db = await openEmptyLedger();
});

async function record(act: Partial<NewStaffAct>): Promise<void> {
  const base = { colleague: null, kind: "gift-paused", about: "payment:7Q2H", now: new Date(TIME) } as const;
  await db.$transaction((tx) => appendToAuditLog(tx, { ...base, ...act }, (text) => text.slice(0, 10)));
}

async function render(locale: string, query: Record<string, string> = {}): Promise<string> {
  const filter = parseAuditLogFilter(query);
  const { acts } = await listActs(db, { filter, timeZone: "UTC" });
  const html = renderToStaticMarkup(
    <AuditLogTable t={translator(locale)} acts={acts} colleagues={[]} timeZone="UTC" />,
  );
  return html.replaceAll(/[\u00a0\u202f]/g, " ");
}

/** Returns what was changed in each entry, the newest first. */
async function changesIn(locale: string): Promise<string[][]> {
  return [...(await render(locale)).matchAll(/<ul class="act-changes">(.*?)<\/ul>/g)].map(([, list = ""]) =>
    [...list.matchAll(/<li>(.*?)<\/li>/g)].map(([, text = ""]) => text),
  );
}

/** The only words in Latin letters that a Russian page may show here. */
const LATIN = [ID, "Stripe", "EUR", "USD", "GBP", "PDF", "PNG", "JPG"];
const NAMES = Object.keys(EXAMPLES).filter((name) => name !== "currency") as StaffActValueName[];

test.each(NAMES)("a Russian page has no English in the name %s and its values", async (name) => {
  for (const value of EXAMPLES[name])
    await record({ before: { [name]: value }, after: { [name]: value, currency: "EUR" } });
  const shown = (await changesIn("ru")).flat();
  expect(shown).toHaveLength(EXAMPLES[name].length);
  const rest = shown.map((text) => LATIN.reduce((left, word) => left.replaceAll(word, ""), text));
  expect(rest.filter((text) => /[a-z]{3}|NaN|не число/i.test(text))).toEqual([]);
});

test.each(NAMES)("two values of %s never have the same text", async (name) => {
  for (const value of EXAMPLES[name]) await record({ after: { [name]: value, currency: "EUR" } });
  for (const locale of ["en", "ru"])
    expect(new Set((await changesIn(locale)).flat()).size).toBe(new Set<unknown>(EXAMPLES[name]).size);
});

test("a Russian row has no English, except what the act is about", async () => {
  for (const kind of STAFF_ACT_KINDS) await record({ kind });
  const pages =
    (await render("ru")) + (await render("ru", { older: String(STAFF_ACT_KINDS.length - ACTS_PER_PAGE + 1) }));
  const cells = [...pages.matchAll(/<td.*?>(.*?)<\/td>/g)].map(([, cell = ""]) => cell);
  const texts = cells.filter((cell) => !cell.startsWith("<code>")).map((cell) => cell.replaceAll(/<.*?>|Stripe/g, ""));
  expect(texts).toHaveLength(5 * STAFF_ACT_KINDS.length);
  expect(texts.filter((text) => /[a-z]{3}/i.test(text))).toEqual([]);
});

type Case = { act: Partial<NewStaffAct>; en: string[]; ru: string[] };
const GIFT = { standing: "running", amountMinor: 1000, currency: "EUR", resumesAt: null };
const CASES: Case[] = [
  {
    act: { kind: "role-changed", before: { role: "care" }, after: { role: "admin" } },
    en: ["Role: supporter care → admin"],
    ru: ["Роль: работа с читателями → администратор"],
  },
  {
    act: { kind: "signed-in", after: { with: "app" } },
    en: ["Second factor: Authenticator app"],
    ru: ["Второй фактор: Приложение с кодами"],
  },
  {
    act: {
      kind: "appeal-published",
      before: { state: "draft", version: null, startsAt: null, endsAt: null },
      after: { state: "live", version: 4, startsAt: TIME, endsAt: null },
    },
    en: ["State: Draft → Live", "Version: 4", "Start: Nov 27, 2026, 9:00 AM", "End: –"],
    ru: ["Состояние: Черновик → Показывается", "Версия: 4", "Начало: 27 нояб. 2026 г., 09:00", "Окончание: –"],
  },
  {
    act: { kind: "gift-paused", before: GIFT, after: { months: 3, why: "asked", request: ID }, reason: "on holiday" },
    en: [
      "State: Running → –",
      "Amount: €10.00 → –",
      "End of the pause: –",
      "Months of pause: 3",
      "Reason: The supporter asked for it",
      `Request: ${ID}`,
      "Why: on holiday",
    ],
    ru: [
      "Состояние: Действует → –",
      "Сумма: 10,00 € → –",
      "Конец паузы: –",
      "Месяцев паузы: 3",
      "Причина: Об этом попросил читатель",
      `Запрос: ${ID}`,
      "Почему: on holiday",
    ],
  },
  {
    act: {
      kind: "refund-refused",
      after: { amountMinor: 500, currency: "EUR", endsGift: true, code: "charge_disputed" },
    },
    en: ["Amount: €5.00", "End the recurring gift, too: Yes", "Problem: the payment is disputed"],
    ru: ["Сумма: 5,00 €", "Прекратить и регулярное пожертвование: Да", "Что помешало: платёж оспорен"],
  },
  {
    act: {
      kind: "dispute-unchanged",
      before: { status: "needs_response" },
      after: { wish: "submit", outcome: "refused" },
    },
    en: ["Status: evidence is due → –", "Asked of Stripe: Send it to the bank", "Outcome: Stripe refused"],
    ru: ["Состояние: нужны доказательства → –", "Запрошено у Stripe: Отправить в банк", "Результат: Stripe отказал"],
  },
  {
    act: { kind: "dispute-draft-saved", after: { dispute: "du_1", version: 2, added: "receipt, refund_policy" } },
    en: ["Dispute: du_1", "Version: 2", "Files added: Receipt, What supporters read about refunds"],
    ru: ["Спор: du_1", "Версия: 2", "Добавлены файлы: Квитанция, Что читателю сказано о возвратах"],
  },
  {
    act: { kind: "message-published", before: { status: "unread" }, after: { status: "published" } },
    en: ["Status: Unread → Published"],
    ru: ["Состояние: Не прочитано → Опубликовано"],
  },
  {
    act: { kind: "address-change-asked", after: { isOldLost: true, why: "mistake" } },
    en: ["The old mailbox cannot be read: Yes", "Reason: It was charged or set up by mistake"],
    ru: ["Доступа к старому ящику нет: Да", "Причина: Списано или оформлено по ошибке"],
  },
  {
    act: {
      kind: "experiment-planned",
      after: { arms: "a 50%, hold-out 50%", currency: "USD", rates: "", capMinor: 20000, smallestEffectMinor: 0.5 },
    },
    en: [
      "Arms: Variant A: 50%, The hold-out: 50%",
      "Exchange rates: –",
      "Most that counts per reader: $200.00",
      "Smallest difference worth finding, for 1,000 readers: $5.00",
    ],
    ru: [
      "Группы: Вариант A: 50 %, Контрольная группа: 50 %",
      "Курсы: –",
      "От одного читателя не больше: 200,00 $",
      "Наименьшая разница, которую стоит искать, на 1000 читателей: 5,00 $",
    ],
  },
  {
    act: { kind: "payments-exported", after: { filter: "state=returned&kind=recurring&from=2026-11-01" } },
    en: ["Filter: Status: Refunded; Given: Recurring; From: 2026-11-01"],
    ru: ["Фильтр: Состояние: Возвращён; Частота: Регулярные; С: 2026-11-01"],
  },
  {
    act: { kind: "log-exported", after: { filter: "by=site&kind=role-changed&about=payment%3A7Q2H" } },
    en: ["Filter: Colleague: The site; What was done: Gave another role; About: payment:7Q2H"],
    ru: ["Фильтр: Коллега: Сайт; Что сделано: Изменена роль; О чём: payment:7Q2H"],
  },
  {
    act: { kind: "log-exported", after: { filter: "" } },
    en: ["Filter: Everything"],
    ru: ["Фильтр: Всё"],
  },
];

test.each(CASES)("shows the values of $act.kind in the language of the page", async ({ act, en, ru }) => {
  await record(act);
  expect(await changesIn("en")).toEqual([en]);
  expect(await changesIn("ru")).toEqual([ru]);
});

test("shows a name or value of another version of the site as it is stored", async () => {
  await record({
    after: {
      ...{ refundedMinor: 1250, currency: "EUR", refundedTo: "card", wasSeen: true },
      ...{ role: "owner", state: "archived", why: "toString", status: "sent_to_mars", code: "sent_to_mars" },
      ...{ arms: "everybody", added: "receipt, video", filter: "colour=red&state=blue&kind=green" },
      ...{ startsAt: "2026-99-99T00:00:00Z", amountMinor: 0.5, keptMinor: "12", version: "four", note: "" },
    },
  });
  expect(await changesIn("ru")).toEqual([
    [
      ...["refunded: 12,50 €", "refunded to: card", "was seen: Да"],
      ...["Роль: owner", "Состояние: archived", "Причина: toString"],
      ...["Состояние: sent to mars", "Что помешало: sent to mars", "Группы: everybody"],
      ...["Добавлены файлы: Квитанция, video", "Фильтр: colour: red; Состояние: blue; Что сделано: green"],
      ...["Начало: 2026-99-99T00:00:00Z", "Сумма: 0.5", "Осталось: 12", "Версия: four", "Итог: –"],
    ],
  ]);
});
