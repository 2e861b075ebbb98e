import { type Translate, translator } from "@/content/messages";
import { mayChangeGift, STAFF_GIFT_CHANGE_ACTIONS } from "@/domain/newsroom/people/staff-gift-changes";
import type { RecurringGiftForStaff } from "@/domain/newsroom/people/supporter";
import type { NextPaymentAttempt } from "@/domain/supporters/next-attempt";
import { listPauseLengthsInMonths, pauseEndAndNextCharge } from "@/domain/supporters/pauses";
import { currencySign } from "../../giving/currency-choice";
import { formatDay } from "../../site/format-day";
import { recurringAmountText } from "../../supporters/recurring-words";
import { Button } from "../../ui/button";
import { DescriptionList } from "../../ui/fact-list";
import { Field } from "../../ui/field";
import { recurringGiftStandingTextForStaff } from "./gift-list";
import { type NoticeContent, PeopleScreenFrame, PeopleScreenSection } from "./people-screen-frame";

type GiftScreenProps = {
  locale: string;
  gift: RecurringGiftForStaff;
  /** Null if the gift is not overdue. */
  nextAttempt: NextPaymentAttempt | null;
  supporterId: string | null;
  stripeUrl: string;
  notice: NoticeContent | null;
  now: Date;
  typed: { amount: string; refusal: string } | null;
};

export function RecurringGiftScreen({
  locale,
  gift,
  nextAttempt,
  supporterId,
  stripeUrl,
  notice,
  now,
  typed,
}: GiftScreenProps) {
  const t = translator(locale);
  const day = (date: Date | null) => date && formatDay(date, { locale });
  return (
    <PeopleScreenFrame
      title={recurringAmountText(t, gift)}
      back={
        supporterId
          ? { href: `/newsroom/people/${supporterId}`, label: t("people.to-supporter") }
          : { href: "/newsroom/people", label: t("people.back") }
      }
      notice={notice}
    >
      <DescriptionList
        className="people-list"
        facts={[
          [t("people.gifts.state"), recurringGiftStandingTextForStaff(t, gift)],
          [t("renewals.overdue.next"), nextAttempt && nextAttemptText(t, nextAttempt)],
          [t("people.gifts.next"), day(gift.chargesNextAt)],
          [t("people.gifts.since"), day(gift.startedAt)],
          [t("people.gifts.paid-until"), isPaidUntilPeriodEnds(gift) && day(gift.periodEndsAt)],
          [t("people.gifts.card"), gift.cardExpiresAt && cardMonth(locale, gift.cardExpiresAt)],
          [
            t("people.at-stripe"),
            <a key="stripe" href={stripeUrl} rel="noreferrer">
              {gift.subscriptionId}
            </a>,
          ],
        ]}
      />
      <PeopleScreenSection id="verbs" title={t("people.verbs.title")}>
        <Verbs t={t} gift={gift} typed={typed} now={now} />
      </PeopleScreenSection>
    </PeopleScreenFrame>
  );
}

function nextAttemptText(t: Translate, nextAttempt: NextPaymentAttempt): string {
  if (nextAttempt instanceof Date) return formatDay(nextAttempt, { locale: t.locale });
  return t(`renewals.overdue.next.${nextAttempt}`);
}

/**
 * Returns true if the gift's current period is paid. Stripe also continues the periods of an overdue or paused gift,
 * but those are not paid.
 */
function isPaidUntilPeriodEnds({ standing }: RecurringGiftForStaff): boolean {
  return standing === "running" || standing === "ending";
}

function cardMonth(locale: string, at: Date): string {
  return formatDay(at, { locale, style: "month", timeZone: "UTC" });
}

type VerbsProps = { t: Translate } & Pick<GiftScreenProps, "gift" | "typed" | "now">;

/**
 * Shows forms and links for the changes that staff can make to the gift now. Each of them leads to a page that asks for
 * confirmation. For an overdue gift, also shows a form that sends a payment link by e-mail at once.
 */
function Verbs({ t, gift, typed, now }: VerbsProps) {
  const path = `/newsroom/gifts/${gift.id}`;
  const possible = STAFF_GIFT_CHANGE_ACTIONS.filter((verb) => mayChangeGift(verb, gift));
  const isOverdue = gift.standing === "late";
  if (possible.length === 0 && !isOverdue)
    return <p className="newsroom-empty">{t(gift.hasStandardTerms ? "people.verbs.none" : "people.verbs.by-hand")}</p>;
  return (
    <div className="people-verbs">
      {possible.includes("amount") ? (
        <form method="get" action={`${path}/amount`} className="people-form people-form-row">
          <Field
            id="amount"
            name="amount"
            label={t("people.verbs.amount")}
            prefix={currencySign(gift.currency, t.locale)}
            error={typed?.refusal}
            defaultValue={typed?.amount}
            inputMode="decimal"
            autoComplete="off"
            maxLength={40}
            required
          />
          <Button kind="quiet">{t("people.verbs.preview")}</Button>
        </form>
      ) : null}
      {possible.includes("pause") && gift.periodEndsAt ? <PauseForm t={t} gift={gift} path={path} now={now} /> : null}
      <p className="people-links">
        {possible.includes("resume") ? <a href={`${path}/resume`}>{t("people.verbs.resume")}</a> : null}
        {possible.includes("cancel") ? <a href={`${path}/cancel`}>{t("people.verbs.cancel")}</a> : null}
      </p>
      {isOverdue ? (
        <form method="post" action={`${path}/payment-link`} className="people-form">
          <p className="newsroom-note">{t("people.payment-link.note")}</p>
          <input type="hidden" name="request" value={crypto.randomUUID()} />
          <Button kind="quiet">{t("people.payment-link.submit")}</Button>
        </form>
      ) : null}
    </div>
  );
}

function PauseForm({ t, gift, path, now }: { t: Translate; gift: RecurringGiftForStaff; path: string; now: Date }) {
  const months = listPauseLengthsInMonths(gift, now);
  if (months.length === 0) return null;
  return (
    <form method="get" action={`${path}/pause`} className="people-form people-form-row">
      <div className="field">
        <label className="field-label" htmlFor="months">
          {t("people.verbs.pause")}
        </label>
        <select className="select" id="months" name="months">
          {months.map((count) => (
            <option key={count} value={count}>
              {t("people.verbs.pause-option", {
                months: count,
                day: formatDay(pauseEndAndNextCharge(gift, count).chargesNextAt, { locale: t.locale }),
              })}
            </option>
          ))}
        </select>
      </div>
      <Button kind="quiet">{t("people.verbs.preview")}</Button>
    </form>
  );
}
