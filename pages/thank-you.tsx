// Where Stripe sends people back to. It reads the ledger and writes nothing; what it does not know yet, it asks again.
import type { GetServerSideProps, PageConfig } from "next";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { AfterGiving, type AfterGivingProps } from "@/components/thanks/after-giving";
import { type ThanksProgress, ThanksView, thanksTitle } from "@/components/thanks/thanks-view";
import { beginsSecondGift } from "@/domain/ledger/second-gift";
import { findAfterGiving } from "@/domain/supporters/after-giving";
import { findGiftProgress } from "@/domain/supporters/gift-progress";
import { publication } from "@/publication";
import { findArticleById } from "@/systems/content";
import { database } from "@/systems/database";
import { siteUrl } from "@/systems/env";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = { after: { reading: AfterGivingProps["reading"]; nextPaymentAt: string | null } | null } & {
  locale: string;
  site: string;
  progress: ThanksProgress;
  checkoutSessionId: string;
};

const CHECKOUT_SESSION = /^cs_\w{1,250}$/;

export const getServerSideProps: GetServerSideProps<Props> = async ({ query }) => {
  const asked = typeof query.session === "string" ? query.session : "";
  const checkoutSessionId = CHECKOUT_SESSION.test(asked) ? asked : "";
  const progress = await findProgress(checkoutSessionId);
  const after = progress.kind === "unknown" ? null : await findAfter(checkoutSessionId);
  return { props: { locale: publication.defaultLanguage, site: siteUrl(), progress, checkoutSessionId, after } };
};

async function findAfter(checkoutSessionId: string): Promise<Props["after"]> {
  const { articleId, nextPaymentAt } = await findAfterGiving(await database(), checkoutSessionId);
  const article = articleId ? findArticleById(articleId) : null;
  const reading = article
    ? { headline: article.headline, path: `/articles/${article.slug}`, isArticle: true }
    : { headline: publication.name, path: "/", isArticle: false };
  return { reading, nextPaymentAt: nextPaymentAt?.toISOString() ?? null };
}

async function findProgress(checkoutSessionId: string): Promise<ThanksProgress> {
  if (checkoutSessionId === "") return { kind: "unknown" };
  const db = await database();
  const progress = await findGiftProgress(db, checkoutSessionId);
  if (progress.kind !== "received") return progress;
  const { kind, money, kept, frequency, paymentId } = progress;
  const isSecond = await beginsSecondGift(db, await db.payment.findUniqueOrThrow({ where: { id: paymentId } }));
  return { kind, money, kept, frequency, isSecond };
}

export default function ThankYou({ locale, site, progress, checkoutSessionId, after }: Props) {
  const title = thanksTitle(locale, progress);
  const isWaiting = progress.kind === "on-its-way" && !progress.settling;
  return (
    <>
      <PageHead site={site} path="/thank-you" title={title} description={title} isPrivate>
        {isWaiting ? (
          <noscript>
            <meta httpEquiv="refresh" content="3" />
          </noscript>
        ) : null}
      </PageHead>
      <SiteFrame locale={locale}>
        <ThanksView
          locale={locale}
          progress={progress}
          checkoutSessionId={checkoutSessionId}
          nextPaymentAt={after?.nextPaymentAt}
        />
        {after ? <AfterGiving locale={locale} site={site} reading={after.reading} /> : null}
      </SiteFrame>
      <p className="visually-hidden" role="status" data-announce="" />
    </>
  );
}
