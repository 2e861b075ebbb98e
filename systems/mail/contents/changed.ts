import "server-only";
import { frequencyTextKeyAndValues } from "../../../domain/giving/frequency";
import type {
  GiftChangedMailValues,
  GiftResumesSoonMailValues,
  RecurringGiftTerms,
} from "../../../domain/ledger/outbox";
import type { MailContent } from "../mail-content";
import { formattersOf, type MailContext, paymentMailFooterLines, siteLink } from "../mail-context";

export function giftChangedMailContent(values: GiftChangedMailValues, context: MailContext): MailContent {
  const { t } = formattersOf(context);
  const { name } = context.publication;
  const { change, recurringGiftId } = values;
  return {
    from: name,
    subject: t("mail.changed.subject", { name }),
    title: t(`mail.changed.${change}`),
    paragraphs: [t(`mail.changed.${change}-text`, { name })],
    table: { title: t("mail.changed.facts"), rows: changedRows(values, context) },
    actions: [{ label: t("mail.changed.open"), url: siteLink(context, `/supporters/recurring/${recurringGiftId}`) }],
    foot: [t("mail.changed.not-you", { contact: context.publication.contact }), ...paymentMailFooterLines(context)],
  };
}

export function giftResumesMailContent(values: GiftResumesSoonMailValues, context: MailContext): MailContent {
  const { t, day } = formattersOf(context);
  const { name } = context.publication;
  return {
    from: name,
    subject: t("mail.resumes.subject", { name }),
    title: t("mail.resumes.title"),
    paragraphs: [t("mail.resumes.text", { day: day(values.resumesAt) }), t("mail.resumes.skipped")],
    table: {
      title: t("mail.resumes.facts"),
      rows: [[t("mail.changed.gift"), termsWords(values, context)], ...nextRow(values.chargesNextAt, context)],
    },
    actions: [
      { label: t("mail.changed.open"), url: siteLink(context, `/supporters/recurring/${values.recurringGiftId}`) },
    ],
    foot: paymentMailFooterLines(context),
  };
}

type Row = [label: string, value: string];

function changedRows({ change, before, after, resumesAt, endsAt }: GiftChangedMailValues, context: MailContext): Row[] {
  const { t, day } = formattersOf(context);
  const termsBefore = termsWords(before, context);
  const termsNow = termsWords(after, context);
  const movedFrom = before.chargesNextAt !== after.chargesNextAt && before.chargesNextAt;
  // After a change of card, Stripe decides when it retries an overdue payment, so no day can be named.
  const saysNext = change === "card" ? after.chargesNextAt !== null : change !== "ended";
  const dayRow = (key: "resumes" | "ends", at: string | null): Row[] =>
    at ? [[t(`mail.changed.${key}`), day(at)]] : [];
  return [
    ...(termsBefore === termsNow
      ? ([[t("mail.changed.gift"), termsNow]] as Row[])
      : ([
          [t("mail.changed.before"), termsBefore],
          [t("mail.changed.now"), termsNow],
        ] as Row[])),
    ...dayRow("resumes", resumesAt),
    ...dayRow("ends", endsAt),
    ...(change === "date" && movedFrom ? ([[t("mail.changed.next-before"), day(movedFrom)]] as Row[]) : []),
    ...(saysNext ? nextRow(after.chargesNextAt, context) : []),
  ];
}

function nextRow(at: string | null, context: MailContext): Row[] {
  const { t, day } = formattersOf(context);
  return [[t("mail.changed.next"), at ? day(at) : t("mail.changed.none")]];
}

function termsWords({ money, frequency }: RecurringGiftTerms, context: MailContext): string {
  const { t, amount } = formattersOf(context);
  const { word, ...billingInterval } = frequencyTextKeyAndValues(frequency);
  if (!money) return t("mail.changed.at-stripe");
  return t(`mail.changed.terms.${word}`, { amount: amount(money), ...billingInterval });
}
