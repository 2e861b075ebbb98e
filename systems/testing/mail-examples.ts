// Examples of every e-mail, for the screenshots (npm run mail:pictures) and for tests.
import type { LetterToSupporters } from "../../domain/articles/article";
import type { PaymentMailValues } from "../../domain/ledger/outbox";
import type { MailLinks } from "../mail/mail-context";
import { offersToStopMail } from "../mail/mail-links";
import type { DecryptedMail } from "../mail/render";

const gift: PaymentMailValues = {
  paymentId: "7Q2H-2VTR-4KMB-8",
  amountMinor: 2050,
  currency: "EUR",
  frequency: "monthly",
  paidAt: "2026-11-22T22:30:00.000Z",
};
const once = { ...gift, frequency: "once" } as const;

const ids = { recurringGiftId: "gift_1", subscriptionId: "sub_1" };
const terms = {
  money: { amountMinor: 2050, currency: "EUR" },
  frequency: "monthly",
  chargesNextAt: "2026-12-22T12:00:00.000Z",
} as const;
const changed = { ...ids, before: terms, after: terms, resumesAt: null, endsAt: null };
const EXAMPLE_LETTER: LetterToSupporters = {
  slug: "a-letter",
  headline: "Nineteen calls for one paragraph",
  byline: "The reporters’ desk",
  publishedAt: "2026-10-12T09:00:00+03:00",
  teaser: "How a short item about a school bus turned into three weeks of work.",
  body: [
    "Dear reader,",
    "It began with a letter. **Then came the slow part.** One of five *families* wrote.",
    "- diesel for the snowplows\n- none for the bus",
    "If you can, [make it $15 a month](/supporters/recurring/raise?to=15).",
    "With thanks,",
  ].join("\n\n"),
};
const failed = { subscriptionId: "sub_1", attempt: "in_1:1", amountMinor: 2050, currency: "EUR" } as const;

/** The examples of each kind of e-mail. The type ensures that no kind is missing. */
export const MAIL_EXAMPLES: { [Kind in DecryptedMail["kind"]]: Record<string, ValuesOf<Kind>> } = {
  thanks: {
    once,
    monthly: gift,
    "card-fee": { ...gift, coveredFeeMinor: 50 },
    "second-gift": { ...gift, isSecond: true },
    recovered: { ...gift, isRecovered: true },
  },
  "debit-pending": { once, monthly: gift },
  "debit-bounced": { once, monthly: gift },
  refunded: {
    part: { ...gift, amountMinor: 1000, givenMinor: 2050, refundId: "re_1", refundedAt: "2026-11-24T21:30:00Z" },
  },
  "refund-failed": {
    whole: { ...once, givenMinor: 2050, refundId: "re_1", refundedAt: "2026-11-24T21:30:00Z" },
    part: { ...gift, amountMinor: 1000, givenMinor: 2050, refundId: "re_1", refundedAt: "2026-11-24T21:30:00Z" },
  },
  changed: {
    amount: { ...changed, change: "amount", after: { ...terms, money: { amountMinor: 3000, currency: "EUR" } } },
    frequency: {
      ...{ ...changed, change: "frequency" },
      after: { ...terms, money: { amountMinor: 24_600, currency: "EUR" }, frequency: "yearly" },
    },
    card: { ...changed, change: "card" },
    date: { ...changed, change: "date", after: { ...terms, chargesNextAt: "2027-01-22T12:00:00.000Z" } },
    paused: {
      ...{ ...changed, change: "paused", resumesAt: "2027-02-21T12:00:00.000Z" },
      after: { ...terms, chargesNextAt: "2027-02-22T12:00:00.000Z" },
    },
    resumed: { ...changed, change: "resumed" },
    cancelled: {
      ...{ ...changed, change: "cancelled", endsAt: "2026-12-22T11:00:00.000Z" },
      after: { ...terms, chargesNextAt: null },
    },
    undone: { ...changed, change: "undone" },
    ended: {
      ...changed,
      change: "ended",
      endsAt: "2026-11-27T11:00:00.000Z",
      after: { ...terms, chargesNextAt: null },
    },
  },
  receipt: { whole: { ...once, keptMinor: 2050 }, part: { ...gift, coveredFeeMinor: 50, keptMinor: 1050 } },
  "payment-link": { pay: { subscriptionId: "sub_1", amountMinor: 2050, currency: "EUR" } },
  resumes: { resumes: { ...terms, ...ids, resumesAt: "2026-12-21T12:00:00.000Z" } },
  "sign-in": { link: { token: "x".repeat(43), next: "/supporters" } },
  "address-old": {
    both: { token: "x".repeat(43), newAddress: "reader@news.example", takesEffectAt: null },
    lost: { token: "x".repeat(43), newAddress: "reader@news.example", takesEffectAt: "2026-12-03T22:30:00.000Z" },
  },
  "address-new": {
    both: { token: "x".repeat(43), newAddress: "reader@news.example", takesEffectAt: null },
    lost: { token: "x".repeat(43), newAddress: "reader@news.example", takesEffectAt: "2026-12-03T22:30:00.000Z" },
  },
  "address-changed": { done: {} },
  "address-left": { done: {} },
  erased: { done: { isNeutral: false }, neutral: { isNeutral: true } },
  "reminder-confirm": {
    once: { reminderId: "1".repeat(32), rhythm: "once", money: null },
    yearly: { reminderId: "1".repeat(32), rhythm: "yearly", money: { amountMinor: 6000, currency: "EUR" } },
  },
  reminder: {
    once: { reminderId: "1".repeat(32), rhythm: "once", money: null },
    monthly: { reminderId: "1".repeat(32), rhythm: "monthly", money: { amountMinor: 1500, currency: "EUR" } },
  },
  letter: { letter: { readerId: "2".repeat(32), letter: EXAMPLE_LETTER.slug, text: EXAMPLE_LETTER } },
  "renewal-failed": {
    retried: { ...failed, nextAttemptAt: "2026-11-25T22:30:00.000Z" },
    last: { ...failed, nextAttemptAt: null },
    "given-up": { ...failed, nextAttemptAt: null },
  },
  "renewal-upcoming": {
    yearly: { subscriptionId: "sub_1", amountMinor: 10_000, currency: "EUR", chargesAt: "2026-12-03T22:30:00.000Z" },
  },
  "card-expires": { card: { subscriptionId: "sub_1", expiresAt: "2026-12-31T00:00:00.000Z" } },
  "gift-link": { link: { subscriptionId: "sub_1" } },
  "staff-news": {
    invited: { news: "invited", role: "editor", until: "2026-11-29T22:30:00.000Z", left: null },
    role: { news: "role-changed", role: "care", until: null, left: null },
    removed: { news: "removed", role: "editor", until: null, left: null },
    reset: { news: "factor-reset", role: "editor", until: null, left: null },
    changed: { news: "factor-changed", role: "editor", until: null, left: null },
    passkey: { news: "passkey-added", role: "editor", until: null, left: null },
    recovery: { news: "recovery-code-used", role: "editor", until: null, left: 9 },
  },
  summary: {
    busy: {
      day: "2026-11-22",
      kept: [
        { currency: "EUR", payments: 214, keptMinor: 384_250 },
        { currency: "USD", payments: 31, keptMinor: 61_500 },
        { currency: "JPY", payments: 1, keptMinor: null },
      ],
      waiting: [
        { kind: "disputes", count: 2 },
        { kind: "dead-letters", count: 1 },
        { kind: "stuck-mails", count: null },
      ],
      answerBy: "2026-11-29T20:59:00.000Z",
      books: { state: "different", checkedAt: "2026-11-23T01:00:00.000Z" },
    },
    quiet: {
      day: "2026-11-22",
      kept: [],
      waiting: [],
      answerBy: null,
      books: { state: "equal", checkedAt: "2026-11-23T01:00:00.000Z" },
    },
  },
  burst: { burst: { beganAt: "2026-11-22T22:30:00.000Z" } },
};

type ValuesOf<Kind extends string, One = DecryptedMail> = One extends { kind: infer Kinds; values: infer Values }
  ? Kind extends Kinds
    ? Values
    : never
  : never;

export const LINKS_IN_EXAMPLE_MAILS: MailLinks = {
  wrongAddress: `https://give.news.example/wrong-address/${"n".repeat(90)}`,
  leave: `https://give.news.example/unsubscribe?token=0.${"r".repeat(76)}`,
  confirm: `https://give.news.example/remind-me/confirm?token=0.${"c".repeat(76)}`,
  gift: `https://give.news.example/your-gift/${"g".repeat(86)}`,
};

type MailExample = { name: string; mail: DecryptedMail; giftStatus: string; links: MailLinks };

/**
 * Returns all example e-mails. In each example, `giftStatus` is the status of the recurring gift at the time when the
 * e-mail is sent.
 */
export function listMailExamples(): MailExample[] {
  return Object.entries(MAIL_EXAMPLES).flatMap(([kind, examples]) =>
    Object.entries(examples).map(([name, values]) => {
      const mail = { kind, values } as DecryptedMail;
      const giftStatus = ["given-up", "ended"].includes(name) ? "canceled" : "active";
      return { name: `${kind}-${name}`, mail, giftStatus, links: linksFor(mail, giftStatus) };
    }),
  );
}

/**
 * Returns the links of an example. As in mail-links.ts, there is no link to pause a single gift or a gift that has
 * ended.
 */
function linksFor(mail: DecryptedMail, giftStatus: string): MailLinks {
  const { values } = mail;
  const isOnce = "frequency" in values && values.frequency === "once";
  const isAboutGift = "subscriptionId" in values || ("paymentId" in values && !isOnce);
  return {
    ...LINKS_IN_EXAMPLE_MAILS,
    wrongAddress: offersToStopMail(mail) ? LINKS_IN_EXAMPLE_MAILS.wrongAddress : null,
    gift: isAboutGift && giftStatus !== "canceled" ? LINKS_IN_EXAMPLE_MAILS.gift : null,
  };
}
