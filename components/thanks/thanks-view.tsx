// What has become of a gift, as far as the ledger knows. The browser script watches `data-progress` until it changes.
import type { ReactNode } from "react";
import { type Translate, translator } from "@/content/messages";
import type { Frequency } from "@/domain/giving/gift";
import { giveAgainPath } from "@/domain/giving/gift-form";
import { formatMoney, type Money } from "@/domain/money";
import { formatDay } from "../site/format-day";
import { Button, LinkButton } from "../ui/button";
import { Notice } from "../ui/notice";

/** GiftProgress as the page hands it on: what can be written into a page, and no more than is shown. */
export type ThanksProgress =
  | { kind: "unknown" }
  | { kind: "on-its-way"; money: Money; frequency: Frequency; settling: boolean }
  /** `isSecond`: another recurring gift of the same supporter runs beside it. */
  | { kind: "received"; money: Money; kept: Money; frequency: Frequency; isSecond: boolean }
  | { kind: "returned" | "taken-by-bank" | "failed" | "expired"; money: Money; frequency: Frequency };

type ThanksViewProps = { locale: string; progress: ThanksProgress; checkoutSessionId: string };

/** `nextPaymentAt`: of a recurring gift, in ISO 8601. */
type RecurringProps = { nextPaymentAt?: string | null };

export function ThanksView({ locale, progress, checkoutSessionId, nextPaymentAt }: ThanksViewProps & RecurringProps) {
  const t = translator(locale);
  const regular = progress.kind !== "unknown" && progress.frequency !== "once";
  const isWaiting = progress.kind === "on-its-way" && !progress.settling;
  return (
    <div
      className="page page-narrow thanks"
      data-progress={progress.kind === "on-its-way" && !isWaiting ? "settling" : progress.kind}
      data-regular={regular ? "yes" : undefined}
    >
      <h1>{t(`thanks.${wordsOf(progress)}.title`)}</h1>
      {isWaiting ? <div className="thanks-waiting" /> : null}
      <p>{progressText(t, progress)}</p>
      {progress.kind === "received" && regular ? <p>{t("thanks.received.regular")}</p> : null}
      {nextPaymentAt ? <p>{t("thanks.next-payment", { day: formatDay(nextPaymentAt, { locale }) })}</p> : null}
      {progress.kind === "received" && progress.isSecond ? <SecondGift t={t} /> : null}
      <Next t={t} progress={progress} checkoutSessionId={checkoutSessionId} />
    </div>
  );
}

function SecondGift({ t }: { t: Translate }) {
  return (
    <Notice title={t("thanks.second.title")}>
      <p>{t("thanks.second.text")}</p>
      <p>
        <a href="/supporters">{t("thanks.second.keep-one")}</a>
      </p>
    </Notice>
  );
}

export function thanksTitle(locale: string, progress: ThanksProgress): string {
  return translator(locale)(`thanks.${wordsOf(progress)}.title`);
}

function Next({ t, progress, checkoutSessionId }: { t: Translate } & Omit<ThanksViewProps, "locale">): ReactNode {
  switch (progress.kind) {
    case "on-its-way":
    case "received":
      return <SupportersRoom t={t} checkoutSessionId={checkoutSessionId} />;
    case "failed":
    case "expired":
      return (
        <p>
          <LinkButton href={giveAgainPath(progress)}>{t("thanks.again")}</LinkButton>
        </p>
      );
    case "returned":
    case "taken-by-bank":
      return (
        <p className="thanks-links">
          <a href="/">{t("thanks.to-articles")}</a>
        </p>
      );
    case "unknown":
      return (
        <p className="thanks-links">
          <a href="/give">{t("thanks.to-give")}</a> <a href="/">{t("thanks.to-articles")}</a>
        </p>
      );
  }
}

function SupportersRoom({ t, checkoutSessionId }: { t: Translate; checkoutSessionId: string }) {
  return (
    <section className="thanks-room" aria-labelledby="room">
      <h2 id="room">{t("thanks.room.title")}</h2>
      <p>{t("thanks.room.text")}</p>
      <form method="post" action="/sign-in/send">
        <input type="hidden" name="session" value={checkoutSessionId} />
        <input type="hidden" name="next" value="/supporters" />
        <Button>{t("thanks.room.send")}</Button>
      </form>
      <p>
        <a href="/sign-in">{t("thanks.room.sign-in")}</a>
      </p>
    </section>
  );
}

function wordsOf(progress: ThanksProgress) {
  return progress.kind === "on-its-way" && progress.settling ? "settling" : progress.kind;
}

function progressText(t: Translate, progress: ThanksProgress): string {
  const gift = giftText(t, progress);
  if (progress.kind !== "received" || progress.kept.amountMinor === progress.money.amountMinor)
    return t(`thanks.${wordsOf(progress)}.text`, { gift });
  return t("thanks.received.in-part", { gift, kept: formatMoney(progress.kept, { locale: t.locale }) });
}

function giftText(t: Translate, progress: ThanksProgress): string {
  if (progress.kind === "unknown") return "";
  return t(`thanks.gift.${progress.frequency}`, { sum: formatMoney(progress.money, { locale: t.locale }) });
}
