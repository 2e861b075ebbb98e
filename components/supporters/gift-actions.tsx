// Each form that changes a payment states what will be charged and when.
import type { ReactNode } from "react";
import { formatDay } from "@/components/site/format-day";
import { type Translate, translator } from "@/content/messages";
import { dayOfMonthOn } from "@/domain/giving/charge-day";
import {
  becomesSkippableOn,
  mayChangeAmount,
  mayChangeCard,
  mayChangeChargeDay,
  mayChangeFrequency,
  maySkipNextPayment,
  type OwnRecurringGift,
} from "@/domain/supporters/own-recurring-gifts";
import { hasPeriodOverOneMonth, listPauseLengthsInMonths, mayPause } from "@/domain/supporters/pauses";
import { publication } from "@/publication";
import { frequencyPhrase } from "../giving/frequency-words";
import { AmountForm, type TypedAmount } from "./amount-form";
import {
  ChangeCardForm,
  ChargeDateForm,
  FrequencyForm,
  PauseForm,
  PaymentSkipAvailableLaterNote,
  SkipForm,
} from "./gift-action-forms";
import { recurringAmountText } from "./recurring-words";

type GiftActionsProps = { locale: string; gift: OwnRecurringGift; now: Date; typed: TypedAmount | null };

export function GiftActions({ locale, gift, now, typed }: GiftActionsProps) {
  const t = translator(locale);
  const props = { t, gift };
  const skipFrom = becomesSkippableOn(gift, now);
  const typedAmount = typed?.form === "amount" ? typed : null;
  const typedFrequency = typed?.form === "frequency" ? typed : null;
  const verbs = [
    mayChangeAmount(gift) ? (
      <Verb
        key="amount"
        title={t("supporters.verb.amount")}
        now={recurringAmountText(t, gift)}
        isOpen={typedAmount !== null}
      >
        <AmountForm {...props} typed={typedAmount} />
      </Verb>
    ) : null,
    maySkipNextPayment(gift, now) || skipFrom ? (
      <Verb key="skip" title={t("supporters.verb.skip")} now={dayWords(t, gift.chargesNextAt)}>
        {skipFrom ? <PaymentSkipAvailableLaterNote t={t} from={skipFrom} /> : <SkipForm {...props} />}
      </Verb>
    ) : null,
    mayPause(gift) && gift.money && listPauseLengthsInMonths(gift, now).length > 0 ? (
      <Verb key="pause" title={t(hasPeriodOverOneMonth(gift) ? "supporters.verb.put-off" : "supporters.verb.pause")}>
        <PauseForm {...props} now={now} />
      </Verb>
    ) : null,
    mayChangeChargeDay(gift) ? (
      <Verb key="date" title={t("supporters.verb.date")} now={dayOfMonthWords(t, gift)}>
        <ChargeDateForm {...props} />
      </Verb>
    ) : null,
    mayChangeFrequency(gift) ? (
      <Verb
        key="frequency"
        title={t("supporters.verb.frequency")}
        now={frequencyPhrase(t, gift.frequency)}
        isOpen={typedFrequency !== null}
      >
        <FrequencyForm {...props} typed={typedFrequency} />
      </Verb>
    ) : null,
    mayChangeCard(gift) ? (
      <Verb key="card" title={t("supporters.verb.card")} now={cardWords(t, gift)}>
        <ChangeCardForm {...props} />
      </Verb>
    ) : null,
  ].filter((verb) => verb !== null);
  if (verbs.length === 0) return null;
  return (
    <section className="supporters-section gift-verbs" aria-labelledby="verbs">
      <h2 id="verbs">{t("supporters.verbs")}</h2>
      <div>{verbs}</div>
      {gift.standing === "paused" ? <p className="supporters-note">{t("supporters.verb.paused-rest")}</p> : null}
    </section>
  );
}

type VerbProps = { title: string; now?: string | null; isOpen?: boolean; children: ReactNode };

function Verb({ title, now = null, isOpen = false, children }: VerbProps) {
  return (
    <details className="verb" name="verb" open={isOpen}>
      <summary>
        <span className="verb-name">{title}</span>
        {now ? <span className="verb-now">{now}</span> : null}
      </summary>
      <div className="verb-body">{children}</div>
    </details>
  );
}

function dayWords(t: Translate, day: Date | null): string | null {
  return day && formatDay(day, { locale: t.locale });
}

function dayOfMonthWords(t: Translate, { chargesNextAt, chargeDay, periodEndsAt }: OwnRecurringGift): string | null {
  if (!chargesNextAt || !periodEndsAt) return null;
  // In a month without the charge day, Stripe charges on the last day of the month. The text still names the charge
  // day, such as the 31st.
  const isShort = periodEndsAt.getUTCDate() < chargeDay;
  const day = isShort ? chargeDay : dayOfMonthOn(chargesNextAt, publication.timeZone);
  return t("supporters.verb.date-now", { day });
}

function cardWords(t: Translate, { cardExpiresAt }: OwnRecurringGift): string | null {
  // A card expires with a month's last moment in UTC, which could be in another month in the newsroom's time zone.
  const month = cardExpiresAt && formatDay(cardExpiresAt, { locale: t.locale, style: "month", timeZone: "UTC" });
  return month && t("supporters.verb.card-until", { month });
}
