// The site's own payment page. Anybody who has its URL can pay the gift, just as with the URL of Stripe's payment page.
// The title and the other tags of the head name neither the newsroom nor the gift, because Stripe's script can read
// these tags.
import type { GetServerSideProps, PageConfig } from "next";
import { PayView, type PayViewProps } from "@/components/giving/pay-view";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import { withPresets } from "@/domain/appeal/preset-choices";
import { amountWithoutCoveredFee, type Gift } from "@/domain/giving/gift";
import { amountToCharge, filledFormPath } from "@/domain/giving/gift-form";
import { isGiftId } from "@/domain/giving/gift-id";
import { suggestMonthlyAmount } from "@/domain/giving/monthly-offer";
import { findPaymentPageState } from "@/domain/giving/payment-page";
import { offeredLanguage } from "@/domain/languages";
import { publication } from "@/publication";
import { getReaderAppeal } from "@/systems/appeals/reader-appeal";
import { currentTime } from "@/systems/clock";
import { findArticleById } from "@/systems/content";
import { database } from "@/systems/database";
import { env, siteUrl } from "@/systems/env";
import { hasOwnPaymentPage, nextUrlOf, ownPaymentPageHeaders, standInScriptUrl } from "@/systems/giving/payment-page";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = PayViewProps & { site: string };

export const getServerSideProps: GetServerSideProps<Props> = async ({ query, res }) => {
  const { gift: giftId } = query;
  if (typeof giftId !== "string" || !isGiftId(giftId)) return { notFound: true };
  const page = await findPaymentPageState(await database(), { giftId, now: currentTime() });
  if (page.kind === "none") return { notFound: true };
  if (page.kind === "already-paid") return seeOther(nextUrlOf(page));
  if (page.kind === "closed") return seeOther(filledFormPath(page.gift, publication));
  for (const { key, value } of ownPaymentPageHeaders()) res.setHeader(key, value);
  const { gift, clientSecret } = page;
  const { STRIPE_PUBLISHABLE_KEY: publishableKey } = env();
  const form = clientSecret && publishableKey && hasOwnPaymentPage() ? { clientSecret, publishableKey } : null;
  const article = gift.article ? findArticleById(gift.article) : null;
  return {
    props: {
      locale: offeredLanguage(gift.locale, publication),
      site: siteUrl(),
      giftId,
      gift: { money: gift.money, coveredFeeMinor: gift.coveredFeeMinor, frequency: gift.frequency },
      stripeForm: form && { ...form, script: standInScriptUrl() },
      formPath: filledFormPath(gift, publication),
      monthlyOffer: await offerOf(gift),
      articlePath: article ? `/articles/${article.slug}` : null,
    },
  };
};

/**
 * Returns the offer to give monthly. Returns null if OUTLET_RISK is `high`. A device stores that the reader declined
 * the offer, and this would show that they were about to give.
 */
async function offerOf(gift: Gift): Promise<Props["monthlyOffer"]> {
  if (env().OUTLET_RISK === "high") return null;
  const { presets } = await getReaderAppeal(gift.locale);
  const instead = suggestMonthlyAmount(
    { ...gift, money: amountWithoutCoveredFee(gift) },
    withPresets(publication, presets),
  );
  // If this gift covers the card fee, the form of the monthly gift opens with its card fee box checked.
  if (!instead) return null;
  const charged = amountToCharge(instead, { coversFee: gift.coveredFeeMinor > 0, publication });
  if (charged.kind !== "charged") return null;
  const { money, coveredFeeMinor } = charged;
  const monthly = { ...gift, money, coveredFeeMinor, frequency: "monthly" } as const;
  return { money: instead, formPath: filledFormPath(monthly, publication) };
}

function seeOther(destination: string) {
  return { redirect: { destination, statusCode: 303 as const } };
}

export default function Pay({ site, ...view }: Props) {
  const title = translator(view.locale)("giving.pay.title");
  return (
    <SiteFrame locale={view.locale}>
      <PageHead site={site} path="/give/pay" title={title} description={title} isPrivate isNameless>
        {view.stripeForm ? <script src="/reader-pay.js" /> : null}
      </PageHead>
      <PayView {...view} />
    </SiteFrame>
  );
}
