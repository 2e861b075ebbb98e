// Shows nothing that identifies the supporter.

import type { ReactNode } from "react";
import { Button, LinkStyledAsButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";
import { withoutCoveredFee } from "@/domain/giving/covered-fee";
import { giveAgainPath } from "@/domain/giving/gift-form";
import type { NextPaymentAttempt } from "@/domain/supporters/next-attempt";
import { isOverdue, mayCancel, type OwnRecurringGift } from "@/domain/supporters/own-recurring-gifts";
import {
  hasPeriodOverOneMonth,
  listPauseLengthsInMonths,
  mayPause,
  pauseEndAndNextCharge,
} from "@/domain/supporters/pauses";
import { frequencyKeyEndingAndPlaceholderValue } from "../giving/frequency-words";
import { formatDay } from "../site/format-day";
import { HiddenLanguageField } from "../site/hidden-language-field";
import { pathInLanguage, pathWithLanguageQuery } from "../site/own-path";
import { RecurringGiftDetails } from "./recurring-gift-details";
import { recurringAmountText } from "./recurring-words";

export const MAILED_GIFT_LINK_OUTCOMES = ["paused", "cancelled", "failed", "nothing-open"] as const;
export type MailedGiftLinkOutcome = (typeof MAILED_GIFT_LINK_OUTCOMES)[number];

type MailedLinkGiftViewProps = {
  t: Translate;
  gift: OwnRecurringGift;
  nextAttempt: NextPaymentAttempt | null;
  path: string;
  outcome: MailedGiftLinkOutcome | undefined;
  now: Date;
};

export function MailedLinkGiftView({ t, gift, nextAttempt, path, outcome, now }: MailedLinkGiftViewProps) {
  const { word, every } = frequencyKeyEndingAndPlaceholderValue(t, gift.frequency);
  const isLate = isOverdue(gift);
  return (
    <div className="page page-narrow recurring-page">
      <h1>{t(`link.title.${word}`, { every })}</h1>
      <OutcomeOfLink t={t} gift={gift} outcome={outcome} />
      <RecurringGiftDetails t={t} gift={gift} nextAttempt={nextAttempt} />
      {isLate && outcome !== "paused" ? (
        <Notice kind="bad" title={t("link.late-title")}>
          <p>{t("link.late-text")}</p>
          <LinkStyledAsButton href={pathWithLanguageQuery(t, `${path}/pay`)}>{t("link.pay")}</LinkStyledAsButton>
        </Notice>
      ) : null}
      {mayPause(gift) ? <Pause t={t} gift={gift} path={path} months={listPauseLengthsInMonths(gift, now)} /> : null}
      {mayCancel(gift) ? <Cancel t={t} gift={gift} path={path} /> : null}
      {gift.standing === "ended" && gift.money ? (
        <p>
          <a
            href={pathInLanguage(
              t,
              giveAgainPath({ money: withoutCoveredFee(gift.money, gift.coveredFee), frequency: gift.frequency }),
            )}
          >
            {t("link.again")}
          </a>
        </p>
      ) : null}
      <p className="supporters-note">{t.rich("link.intro", { signin: signInLinkRenderer(t) })}</p>
    </div>
  );
}

type PartProps = Pick<MailedLinkGiftViewProps, "t" | "gift" | "path">;

function Pause({ t, gift, path, months: choices }: PartProps & { months: number[] }) {
  const word = hasPeriodOverOneMonth(gift) ? "put-off" : "pause";
  return (
    <section className="supporters-section" aria-labelledby="pause">
      <h2 id="pause">{t(`link.${word}-title`)}</h2>
      <p>{t(`link.${word}-text`, { amount: recurringAmountText(t, gift) })}</p>
      <form className="link-form" method="post" action={`${path}/pause`}>
        <HiddenLanguageField locale={t.locale} />
        <input type="hidden" name="shown" value={gift.periodEndsAt?.toISOString() ?? ""} />
        <label className="field-label" htmlFor="months">
          {t("link.pause-for")}
        </label>
        <div className="field-box">
          <select id="months" name="months" className="field-input">
            {choices.map((months) => (
              <option key={months} value={months}>
                {t("link.pause-option", { months, day: dayOf(t, pauseEndAndNextCharge(gift, months).chargesNextAt) })}
              </option>
            ))}
          </select>
        </div>
        <Button>{t(`link.${word}-button`)}</Button>
      </form>
    </section>
  );
}

function Cancel({ t, gift, path }: PartProps) {
  const paidUntil = gift.standing === "running" ? gift.periodEndsAt : null;
  return (
    <section className="supporters-section" aria-labelledby="cancel">
      <h2 id="cancel">{t("link.cancel-title")}</h2>
      <p>{paidUntil ? t("link.cancel-until", { day: dayOf(t, paidUntil) }) : t("link.cancel-now")}</p>
      <form method="post" action={`${path}/cancel`}>
        <HiddenLanguageField locale={t.locale} />
        <Button kind="quiet">{t("link.cancel-button")}</Button>
      </form>
    </section>
  );
}

/**
 * Tells the supporter the result of the form that was sent. Reports a pause or cancellation only if the gift's row in
 * the database shows it.
 */
function OutcomeOfLink({ t, gift, outcome }: Pick<MailedLinkGiftViewProps, "t" | "gift" | "outcome">) {
  const { standing, chargesNextAt, endsAt } = gift;
  if (outcome === "failed")
    return (
      <Notice kind="bad" title={t("supporters.failed")}>
        <p>{t("supporters.failed-text")}</p>
      </Notice>
    );
  if (outcome === "nothing-open")
    return (
      <Notice>
        <p>{t("link.pay-failed")}</p>
      </Notice>
    );
  const isResult = outcome === "paused" || outcome === "cancelled";
  const kind = isResult ? "good" : "info";
  if (outcome === "paused" && standing === "running" && chargesNextAt)
    return <Notice kind="good" title={t("link.put-off-done", { day: dayOf(t, chargesNextAt) })} />;
  if (standing === "paused")
    return (
      <Notice kind={kind} title={t("link.paused")}>
        {chargesNextAt ? <p>{t("link.paused-text", { day: dayOf(t, chargesNextAt) })}</p> : null}
      </Notice>
    );
  if (standing === "ending" && endsAt)
    return (
      <Notice kind={kind} title={t("link.cancelled")}>
        <p>{t.rich("link.cancelled-text", { day: dayOf(t, endsAt), signin: signInLinkRenderer(t) })}</p>
      </Notice>
    );
  if (standing === "ended")
    return (
      <Notice kind={kind} title={t("link.cancelled")}>
        <p>{t("link.ended-text")}</p>
      </Notice>
    );
  return null;
}

/** Renders the tag `<signin>` in a translated text. */
export function signInLinkRenderer(t: Translate) {
  return (words: ReactNode[]) => (
    <a key="sign-in" href={pathWithLanguageQuery(t, "/sign-in")}>
      {words}
    </a>
  );
}

function dayOf(t: Translate, date: Date): string {
  return formatDay(date, { locale: t.locale });
}
