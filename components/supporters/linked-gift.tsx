// A recurring gift for the holder of a mailed link: its facts and two forms, pause and cancel. Nothing names the person who gives it.
import type { ReactNode } from "react";
import { Button, LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";
import { giveAgainPath } from "@/domain/giving/gift-form";
import {
  isOverdue,
  mayCancel,
  mayPause,
  type OwnRecurringGift,
  PAUSE_MONTHS,
  pausePlan,
} from "@/domain/supporters/own-recurring-gifts";
import { frequencyWords } from "../giving/frequency-words";
import { formatDay } from "../site/format-day";
import { RecurringFacts } from "./recurring-facts";
import { amountWords } from "./recurring-words";

export const LINK_OUTCOMES = ["paused", "cancelled", "failed", "nothing-open"] as const;
export type LinkOutcome = (typeof LINK_OUTCOMES)[number];

type LinkedGiftProps = { t: Translate; gift: OwnRecurringGift; path: string; outcome: LinkOutcome | undefined };

export function LinkedGift({ t, gift, path, outcome }: LinkedGiftProps) {
  const { word, every } = frequencyWords(t, gift.frequency);
  const isLate = isOverdue(gift);
  return (
    <div className="page page-narrow recurring-page">
      <h1>{t(`link.title.${word}`, { every })}</h1>
      <OutcomeOfLink t={t} gift={gift} outcome={outcome} />
      <RecurringFacts t={t} gift={gift} />
      {isLate && outcome !== "paused" ? (
        <Notice kind="bad" title={t("link.late-title")}>
          <p>{t("link.late-text")}</p>
          <LinkButton href={`${path}/pay`}>{t("link.pay")}</LinkButton>
        </Notice>
      ) : null}
      {mayPause(gift) ? <Pause t={t} gift={gift} path={path} /> : null}
      {mayCancel(gift) ? <Cancel t={t} gift={gift} path={path} /> : null}
      {gift.standing === "ended" && gift.money ? (
        <p>
          <a href={giveAgainPath({ money: gift.money, frequency: gift.frequency })}>{t("link.again")}</a>
        </p>
      ) : null}
      <p className="supporters-note">{t.rich("link.intro", { signin })}</p>
    </div>
  );
}

function Pause({ t, gift, path }: Omit<LinkedGiftProps, "outcome">) {
  const choices = Array.from({ length: PAUSE_MONTHS.most }, (_, at) => at + PAUSE_MONTHS.least);
  return (
    <section className="supporters-section" aria-labelledby="pause">
      <h2 id="pause">{t("link.pause-title")}</h2>
      <p>{t("link.pause-text", { amount: amountWords(t, gift) })}</p>
      <form className="link-form" method="post" action={`${path}/pause`}>
        <label className="field-label" htmlFor="months">
          {t("link.pause-for")}
        </label>
        <div className="field-box">
          <select id="months" name="months" className="field-input">
            {choices.map((months) => (
              <option key={months} value={months}>
                {t("link.pause-option", { months, day: dayOf(t, pausePlan(gift, months).nextPaymentAt) })}
              </option>
            ))}
          </select>
        </div>
        <Button>{t("link.pause-button")}</Button>
      </form>
    </section>
  );
}

function Cancel({ t, gift, path }: Omit<LinkedGiftProps, "outcome">) {
  const paidUntil = gift.standing === "running" ? gift.paidUntil : null;
  return (
    <section className="supporters-section" aria-labelledby="cancel">
      <h2 id="cancel">{t("link.cancel-title")}</h2>
      <p>{paidUntil ? t("link.cancel-until", { day: dayOf(t, paidUntil) }) : t("link.cancel-now")}</p>
      <form method="post" action={`${path}/cancel`}>
        <Button kind="quiet">{t("link.cancel-button")}</Button>
      </form>
    </section>
  );
}

/** Describes the gift as it is now, whatever button was pressed. */
function OutcomeOfLink({ t, gift, outcome }: Omit<LinkedGiftProps, "path">) {
  const { standing, nextPaymentAt, endsAt } = gift;
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
  const isNews = outcome === "paused" || outcome === "cancelled";
  const kind = isNews ? "good" : "info";
  if (standing === "paused")
    return (
      <Notice kind={kind} title={t("link.paused")}>
        {nextPaymentAt ? <p>{t("link.paused-text", { day: dayOf(t, nextPaymentAt) })}</p> : null}
      </Notice>
    );
  if (standing === "ending" && endsAt)
    return (
      <Notice kind={kind} title={t("link.cancelled")}>
        <p>{t.rich("link.cancelled-text", { day: dayOf(t, endsAt), signin })}</p>
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

/** Draws `<signin>` in messages. */
export function signin(words: ReactNode[]) {
  return (
    <a key="sign-in" href="/sign-in">
      {words}
    </a>
  );
}

function dayOf(t: Translate, date: Date): string {
  return formatDay(date, { locale: t.locale });
}
