// If Stripe's form does not open, the script (components/browser/pay.ts) submits the form at the bottom, which leads to
// Stripe's own page.
import { type Translate, translator } from "@/content/messages";
import { directionOf } from "@/domain/direction";
import type { Gift } from "@/domain/giving/gift";
import { formatMoney, type Money } from "@/domain/money";
import { Button, LinkStyledAsButton } from "../ui/button";
import { coveredFeeText } from "./covered-fee-text";

type StripeForm = { clientSecret: string; publishableKey: string; script: string | null };

export type PayViewProps = {
  locale: string;
  giftId: string;
  gift: Pick<Gift, "money" | "coveredFeeMinor" | "frequency">;
  /**
   * The values for Stripe's form on this page. Null if the gift is paid on Stripe's own page. `script`: the URL of a
   * test server's stripe.js; null for Stripe's own stripe.js.
   */
  stripeForm: StripeForm | null;
  /** The path of the gift form, with this gift filled in. */
  formPath: string;
  /**
   * A smaller monthly gift that the page offers instead. Its `formPath` is the path of the gift form with the monthly
   * gift filled in.
   */
  monthlyOffer: { money: Money; formPath: string } | null;
  articlePath: string | null;
};

export function PayView({ locale, giftId, gift, stripeForm, formPath, monthlyOffer, articlePath }: PayViewProps) {
  const t = translator(locale);
  const amount = formatMoney(gift.money, { locale });
  return (
    <div
      className="page pay"
      data-pay={stripeForm?.clientSecret}
      data-key={stripeForm?.publishableKey}
      data-script={stripeForm?.script ?? undefined}
    >
      <p className="pay-back">
        <a href={articlePath ?? formPath} data-pay-back={articlePath ? "" : undefined}>
          <span aria-hidden="true">{directionOf(locale) === "rtl" ? "→" : "←"}</span>{" "}
          {t(articlePath ? "giving.pay.to-article" : "giving.pay.to-form")}
        </a>
      </p>
      <div className="pay-gift">
        <h1 tabIndex={-1} data-pay-amount="">
          {t(`giving.pay.${gift.frequency}`, { amount })}
        </h1>
        <a href={formPath}>{t("giving.pay.change")}</a>
        {gift.coveredFeeMinor > 0 ? (
          <p className="pay-fee">{coveredFeeText(t, { ...gift.money, amountMinor: gift.coveredFeeMinor })}</p>
        ) : null}
      </div>
      {stripeForm && monthlyOffer ? <MonthlyOffer t={t} {...monthlyOffer} /> : null}
      {stripeForm ? <StripeFrame t={t} /> : <p>{t("giving.pay.moved")}</p>}
      <form className="pay-hosted" method="post" action="/give/pay/hosted" data-pay-hosted="">
        <input type="hidden" name="gift" value={giftId} />
        {stripeForm ? <p>{t("giving.pay.does-not-open")}</p> : null}
        <Button kind={stripeForm ? "plain" : "primary"}>
          {t(stripeForm ? "giving.pay.hosted" : "giving.pay.hosted-only")}
        </Button>
      </form>
    </div>
  );
}

/**
 * Offers a monthly gift instead. The offer is hidden until the script has checked that it was not declined on this
 * device before.
 */
function MonthlyOffer({ t, money, formPath }: { t: Translate } & NonNullable<PayViewProps["monthlyOffer"]>) {
  const amount = formatMoney(money, { locale: t.locale });
  return (
    <section className="pay-monthly" aria-label={t("giving.monthly.label")} data-monthly="">
      <p>{t("giving.monthly.text", { amount })}</p>
      <LinkStyledAsButton kind="plain" href={formPath}>
        {t("giving.monthly.yes", { amount })}
      </LinkStyledAsButton>
      <Button kind="plain" type="button" data-monthly-no="">
        {t("giving.monthly.no")}
      </Button>
    </section>
  );
}

function StripeFrame({ t }: { t: Translate }) {
  return (
    <>
      <p className="pay-note">{t("giving.pay.note")}</p>
      <div className="pay-frame">
        <p className="pay-opening" role="status" data-pay-opening="">
          {t("giving.pay.opening")}
        </p>
        <div data-pay-frame="" />
      </div>
    </>
  );
}
