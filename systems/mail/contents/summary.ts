// The daily summary for staff: totals and counts, without names.
import "server-only";
import { utcMiddayOf } from "../../../domain/calendar";
import type { DailySummaryMailValues } from "../../../domain/ledger/outbox";
import type { MailContent } from "../mail-content";
import { formattersOf, type MailContext, siteLink } from "../mail-context";

export function summaryMailContent(values: DailySummaryMailValues, context: MailContext): MailContent {
  const { t } = formattersOf(context);
  const { locale, publication } = context;
  const { name } = publication;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" }).format(utcMiddayOf(values.day));
  return {
    from: name,
    subject: t("mail.summary.subject", { name, day }),
    title: t("mail.summary.title", { day }),
    paragraphs: [...whatWaits(values, context), stateOfBooks(values, context), ...incomeNotes(values, context)],
    table: incomeTable(values, context),
    actions: [{ label: t("mail.summary.open"), url: siteLink(context, "/sign-in?next=/newsroom") }],
    foot: [
      ...(values.kept?.length ? [t("mail.summary.what")] : []),
      {
        text: t("mail.summary.stop"),
        link: { label: t("mail.summary.stop-link"), url: siteLink(context, "/sign-in?next=/newsroom/account") },
      },
    ],
  };
}

function whatWaits({ waiting, answerBy }: DailySummaryMailValues, context: MailContext): string[] {
  if (waiting === null) return [];
  const { t } = formattersOf(context);
  const counted = waiting.filter(({ count }) => count !== null);
  const list = counted.map(({ kind, count }) => t(`mail.summary.waiting.${kind}`, { count: count ?? 0 }));
  const joined = new Intl.ListFormat(context.locale, { type: "conjunction" }).format(list);
  return [
    ...(waiting.length === 0 ? [t("mail.summary.nothing-waits")] : []),
    ...(list.length > 0 ? [t("mail.summary.waits", { list: joined })] : []),
    ...(counted.length < waiting.length ? [t("mail.summary.unread")] : []),
    ...(answerBy ? [t("mail.summary.answer-by", { time: timeWords(answerBy, context) })] : []),
  ];
}

function stateOfBooks({ books: { state, checkedAt } }: DailySummaryMailValues, context: MailContext): string {
  return formattersOf(context).t(`mail.summary.books.${state}`, {
    time: checkedAt ? timeWords(checkedAt, context) : "",
  });
}

function timeWords(at: string, { locale, publication: { timeZone } }: MailContext): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(at));
}

function incomeNotes({ kept }: DailySummaryMailValues, context: MailContext): string[] {
  const { t } = formattersOf(context);
  if (kept === null) return [t("mail.summary.kept-failed")];
  if (kept.length === 0) return [t("mail.summary.nothing-came")];
  return kept.some(({ keptMinor }) => keptMinor === null) ? [t("mail.summary.too-few-note")] : [];
}

function incomeTable({ kept }: DailySummaryMailValues, context: MailContext): MailContent["table"] {
  if (!kept?.length) return null;
  const { t, amount } = formattersOf(context);
  const rows = kept.map(({ currency, payments, keptMinor }): [string, string] => [
    t("mail.summary.line", { currency, count: payments }),
    keptMinor === null ? t("mail.summary.too-few") : amount({ amountMinor: keptMinor, currency }),
  ]);
  return { title: t("mail.summary.kept"), rows };
}
