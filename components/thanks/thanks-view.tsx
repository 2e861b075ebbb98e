// The browser script reads three attributes of this page. `data-wait`: after how many milliseconds the script fetches
// the page again. `data-gave`: the kind of gift, which the script stores on the device. `data-asked`: the appeal that
// asked for the gift, which the script reports to the site's counters.

import type { ReactNode } from "react";
import { type Translate, translator } from "@/content/messages";
import type { Frequency } from "@/domain/frequencies";
import { withoutCoveredFee } from "@/domain/giving/covered-fee";
import { giveAgainPath } from "@/domain/giving/gift-form";
import { formatMoney, type Money } from "@/domain/money";
import type { AppealOfGift } from "@/domain/supporters/thank-you-details";
import { coveredFeeText } from "../giving/covered-fee-text";
import { formatDay } from "../site/format-day";
import { HiddenLanguageField } from "../site/hidden-language-field";
import { pathInLanguage, pathWithLanguageQuery } from "../site/own-path";
import { Button, LinkStyledAsButton } from "../ui/button";
import { HiddenFields } from "../ui/hidden-fields";
import { Notice } from "../ui/notice";

/**
 * Details of the gift. The page shows them only on the device that sent the form, for THANK_YOU_SHOWS_AMOUNT_FOR_HOURS.
 * `formNonce`: the form's random number, with which the device proves that it sent the form.
 */
type Own = {
  formNonce: string;
  money: Money;
  coveredFee: Money | null;
  /** The amount less refunds and disputes. Null before the payment arrives, and if nothing is left. */
  kept: Money | null;
  frequency: Frequency;
  /** True if the same supporter has another recurring gift. */
  isSecond: boolean;
};

/** Next can send these data to the browser as JSON. So they must contain nothing that the page does not show. */
export type ThanksPageGiftProgress = { kind: "unknown" } | { kind: ProgressKind; own: Own | null };

type ProgressKind = "on-its-way" | "settling" | "received" | "returned" | "taken-by-bank" | "failed" | "expired";

/**
 * After how many milliseconds the page is fetched again, by the progress of the gift. A bank debit takes days, so its
 * page is fetched less often.
 */
const REFRESH_MS: Partial<Record<ThanksPageGiftProgress["kind"], number>> = { "on-its-way": 800, settling: 50_000 };
const GIVEN = ["received", "settling"];
const COVERS = ["on-its-way", ...GIVEN];

type ThanksViewProps = { locale: string; progress: ThanksPageGiftProgress; checkoutSessionId: string };

/**
 * `chargesNextAt`: the time of the next charge, in ISO 8601. `askedBy`: the appeal that led to the gift. The device
 * includes it in its report of the gift.
 */
type GiftProps = {
  children?: ReactNode;
  chargesNextAt?: string | null;
  askedBy?: AppealOfGift | null;
};

export function ThanksView({ locale, progress, checkoutSessionId, ...more }: ThanksViewProps & GiftProps) {
  const { chargesNextAt, askedBy, children } = more;
  const t = translator(locale);
  const own = progress.kind === "unknown" ? null : progress.own;
  const regular = own !== null && own.frequency !== "once";
  return (
    <div
      className="page page-narrow thanks"
      data-progress={progress.kind}
      data-wait={REFRESH_MS[progress.kind]}
      data-asked={askedBy ? JSON.stringify(askedBy) : undefined}
      data-gave={own && GIVEN.includes(progress.kind) ? (regular ? "regular" : "once") : undefined}
    >
      <h1>{t(`thanks.${progress.kind}.title`)}</h1>
      {progress.kind === "on-its-way" ? <div className="thanks-waiting" /> : null}
      <p>{textOf(t, progress)}</p>
      {own?.coveredFee && COVERS.includes(progress.kind) ? <p>{coveredFeeText(t, own.coveredFee)}</p> : null}
      {progress.kind === "received" && regular ? <p>{t("thanks.received.regular")}</p> : null}
      {chargesNextAt ? <p>{t("thanks.next-payment", { day: formatDay(chargesNextAt, { locale }) })}</p> : null}
      {own?.isSecond ? <SecondGift t={t} /> : null}
      <Next t={t} progress={progress} checkoutSessionId={checkoutSessionId} />
      {children}
    </div>
  );
}

/**
 * Returns the path of a gift form with the same gift filled in. The amount does not include the card fee, so that the
 * reader chooses again whether to add it.
 */
function againPath({ money, coveredFee, frequency }: Own): string {
  return giveAgainPath({ money: withoutCoveredFee(money, coveredFee), frequency });
}

function SecondGift({ t }: { t: Translate }) {
  return (
    <Notice title={t("thanks.second.title")}>
      <p>{t("thanks.second.text")}</p>
      <p className="thanks-links">
        <a href={pathWithLanguageQuery(t, "/supporters")}>{t("thanks.second.keep-one")}</a>
      </p>
    </Notice>
  );
}

export function thanksTitle(locale: string, progress: ThanksPageGiftProgress): string {
  return translator(locale)(`thanks.${progress.kind}.title`);
}

function Next({ t, progress, checkoutSessionId }: { t: Translate } & Omit<ThanksViewProps, "locale">): ReactNode {
  switch (progress.kind) {
    case "on-its-way":
    case "settling":
    case "received":
      return <SignInOffer t={t} checkoutSessionId={checkoutSessionId} formNonce={progress.own?.formNonce ?? null} />;
    case "failed":
    case "expired":
      return (
        <p>
          <LinkStyledAsButton href={pathInLanguage(t, progress.own ? againPath(progress.own) : "/give")}>
            {t("thanks.again")}
          </LinkStyledAsButton>
        </p>
      );
    case "returned":
    case "taken-by-bank":
      return (
        <p className="thanks-links">
          <a href={pathInLanguage(t, "/")}>{t("thanks.to-articles")}</a>
        </p>
      );
    case "unknown":
      return (
        <p className="thanks-links">
          <a href={pathInLanguage(t, "/give")}>{t("thanks.to-give")}</a>{" "}
          <a href={pathInLanguage(t, "/")}>{t("thanks.to-articles")}</a>
        </p>
      );
  }
}

type SignInOfferProps = { t: Translate; checkoutSessionId: string; formNonce: string | null };

/** The button sends an e-mail to the supporter, so the page shows it only on the device that gave. */
function SignInOffer({ t, checkoutSessionId, formNonce }: SignInOfferProps) {
  return (
    <section className="thanks-room" aria-labelledby="room">
      <h2 id="room">{t("thanks.room.title")}</h2>
      <p>{t("thanks.room.text")}</p>
      {formNonce ? (
        <form method="post" action="/sign-in/send">
          <HiddenFields fields={{ session: checkoutSessionId, mark: formNonce, next: "/supporters" }} />
          <HiddenLanguageField locale={t.locale} />
          <Button>{t("thanks.room.send")}</Button>
        </form>
      ) : null}
      <p className="thanks-links">
        <a href={pathWithLanguageQuery(t, "/sign-in")}>
          {t(formNonce ? "thanks.room.sign-in" : "thanks.room.sign-in-plain")}
        </a>
      </p>
    </section>
  );
}

function textOf(t: Translate, progress: ThanksPageGiftProgress): string {
  if (progress.kind === "unknown") return t("thanks.unknown.text");
  const { kind, own } = progress;
  if (!own) return t(`thanks.${kind}.text-plain`);
  const written = (money: Money) => formatMoney(money, { locale: t.locale });
  const gift = t(`thanks.gift.${own.frequency}`, { amount: written(own.money) });
  if (own.kept && own.kept.amountMinor !== own.money.amountMinor)
    return t("thanks.received.in-part", { gift, kept: written(own.kept) });
  return t(`thanks.${kind}.text`, { gift });
}
