// A form that moves a payment also sends the end of the paid period that the page showed. If the period's end has
// changed since, the form changes nothing: it was sent twice or from a stale tab.
import { Button } from "@/components/ui/button";
import type { Translate } from "@/content/messages";
import { chargeTimeFor, DAYS_OF_MONTH, dayOfMonthOn, nextDayOfMonth } from "@/domain/giving/charge-day";
import { formatMoney, type Money, toDecimal } from "@/domain/money";
import {
  amountsForOtherFrequency,
  amountWithFeeIfCovered,
  type OwnRecurringGift,
  otherFrequency,
  paymentDateAfterSkip,
} from "@/domain/supporters/own-recurring-gifts";
import { hasPeriodOverOneMonth, listPauseLengthsInMonths, pauseEndAndNextCharge } from "@/domain/supporters/pauses";
import { publication } from "@/publication";
import { formatDay } from "../site/format-day";
import { CoverFeeCheckBox, CustomAmountField, KeepFeeCoveredHiddenInput, type TypedAmount } from "./amount-form";
import { recurringAmountText } from "./recurring-words";

type FormProps = { t: Translate; gift: OwnRecurringGift };

export function SkipForm({ t, gift }: FormProps) {
  const after = paymentDateAfterSkip(gift);
  if (!after || !gift.chargesNextAt) return null;
  const day = dayWords(t, gift.chargesNextAt);
  return (
    <form method="post" action={pathOf(gift, "skip")}>
      <p>
        {t("supporters.verb.skip-text", {
          amount: paymentWords(t, gift),
          day,
          next: dayWords(t, chargeTimeFor(after)),
        })}
      </p>
      <Shown gift={gift} />
      <Button>{t("supporters.verb.skip-submit", { day })}</Button>
    </form>
  );
}

export function PaymentSkipAvailableLaterNote({ t, from }: { t: Translate; from: Date }) {
  return <p>{t("supporters.verb.skip-later", { day: dayWords(t, from) })}</p>;
}

export function PauseForm({ t, gift, now }: FormProps & { now: Date }) {
  const months = listPauseLengthsInMonths(gift, now);
  const word = hasPeriodOverOneMonth(gift) ? "put-off" : "pause";
  return (
    <form method="post" action={pathOf(gift, "pause")}>
      <p>{t(`supporters.verb.${word}-text`)}</p>
      <Shown gift={gift} />
      {gift.standing === "late" ? <p>{t("supporters.verb.pause-late")}</p> : null}
      <label className="field-label" htmlFor="months">
        {t("supporters.verb.pause-label", { amount: paymentWords(t, gift) })}
      </label>
      <select className="select" id="months" name="months">
        {months.map((count) => (
          <option key={count} value={count}>
            {pauseOption(t, gift, count)}
          </option>
        ))}
      </select>
      <Button>{t(`supporters.verb.${word}-submit`)}</Button>
    </form>
  );
}

function pauseOption(t: Translate, gift: OwnRecurringGift, months: number): string {
  const day = dayWords(t, pauseEndAndNextCharge(gift, months).chargesNextAt);
  return t("supporters.verb.pause-option", { months, day });
}

export function ResumeForm({ t, gift }: FormProps) {
  if (!gift.periodEndsAt) return null;
  const day = dayWords(t, chargeTimeFor(gift.periodEndsAt));
  return (
    <form method="post" action={pathOf(gift, "resume")} className="verb-alone">
      <p>{t("supporters.verb.resume-text", { amount: paymentWords(t, gift), day })}</p>
      <Button kind="quiet">{t("supporters.verb.resume")}</Button>
    </form>
  );
}

export function ChargeDateForm({ t, gift }: FormProps) {
  const { periodEndsAt, chargesNextAt, frequency } = gift;
  if (!periodEndsAt || !chargesNextAt) return null;
  const { timeZone } = publication;
  const text = frequency === "yearly" ? "supporters.verb.date-text-yearly" : "supporters.verb.date-text";
  return (
    <form method="post" action={pathOf(gift, "date")}>
      <p>{t(text, { day: dayWords(t, chargesNextAt) })}</p>
      <Shown gift={gift} />
      <label className="field-label" htmlFor="day">
        {t("supporters.verb.date-label", { amount: paymentWords(t, gift) })}
      </label>
      <select className="select" id="day" name="day" defaultValue={dayOfMonthOn(chargesNextAt, timeZone)}>
        {DAYS_OF_MONTH.map((day) => {
          const date = dayWords(t, chargeTimeFor(nextDayOfMonth({ from: periodEndsAt, day, timeZone })));
          return (
            <option key={day} value={day}>
              {t("supporters.verb.date-option", { day, date })}
            </option>
          );
        })}
      </select>
      <Button>{t("supporters.verb.date-submit")}</Button>
    </form>
  );
}

export function FrequencyForm({ t, gift, typed }: FormProps & { typed: TypedAmount | null }) {
  const frequency = otherFrequency(gift.frequency);
  const { periodEndsAt, chargesNextAt } = gift;
  if (!frequency || !periodEndsAt || !chargesNextAt) return null;
  const [same, ...others] = amountsForOtherFrequency(gift, publication);
  const wholeWords = (money: Money) =>
    recurringAmountText(t, { money: amountWithFeeIfCovered(gift, { money, publication }), frequency });
  const words = { until: dayWords(t, periodEndsAt), day: dayWords(t, chargesNextAt) };
  const hidden = (
    <>
      <Shown gift={gift} />
      <input type="hidden" name="frequency" value={frequency} />
    </>
  );
  return (
    <>
      <p>{t(`supporters.verb.frequency-text.${frequency}`, words)}</p>
      <form method="post" action={pathOf(gift, "frequency")} className="verb-choices">
        {hidden}
        <KeepFeeCoveredHiddenInput gift={gift} />
        {[same, ...others].map((money, index) =>
          money ? (
            <Button key={money.amountMinor} kind="quiet" name="amount" value={toDecimal(money)}>
              {index === 0 ? t("supporters.verb.frequency-same", { amount: wholeWords(money) }) : wholeWords(money)}
            </Button>
          ) : null,
        )}
      </form>
      <form method="post" action={pathOf(gift, "frequency")} className="amount-form">
        {hidden}
        <CustomAmountField t={t} gift={gift} typed={typed} id="other-amount" value={null} />
        <CoverFeeCheckBox t={t} gift={gift} typed={typed} />
        <Button>{t(`supporters.verb.frequency-submit.${frequency}`)}</Button>
      </form>
    </>
  );
}

export function ChangeCardForm({ t, gift }: FormProps) {
  return (
    <form method="post" action={pathOf(gift, "card")}>
      <p>{t("supporters.verb.card-text")}</p>
      <Button>{t("supporters.verb.card-submit")}</Button>
    </form>
  );
}

export function PayOverdueForms({ t, gift }: FormProps) {
  const amount = paymentWords(t, gift);
  return (
    <>
      <p>{t("supporters.verb.pay-text", { amount })}</p>
      <div className="verb-choices">
        <form method="post" action={pathOf(gift, "card")}>
          <Button>{t("supporters.verb.card-submit")}</Button>
        </form>
        <form method="post" action={pathOf(gift, "pay")}>
          <Button kind="quiet">{t("supporters.verb.pay-submit", { amount })}</Button>
        </form>
      </div>
    </>
  );
}

function Shown({ gift }: { gift: OwnRecurringGift }) {
  return <input type="hidden" name="shown" value={gift.periodEndsAt?.toISOString() ?? ""} />;
}

function pathOf({ id }: OwnRecurringGift, verb: string): string {
  return `/supporters/recurring/${id}/${verb}`;
}

function paymentWords(t: Translate, gift: OwnRecurringGift): string {
  return gift.money ? formatMoney(gift.money, { locale: t.locale }) : recurringAmountText(t, gift);
}

function dayWords(t: Translate, day: Date): string {
  return formatDay(day, { locale: t.locale });
}
