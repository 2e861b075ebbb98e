// The page's URL can be passed on, so only the device that sent the form sees the amount.
import type { GetServerSideProps, PageConfig } from "next";
import { GiftMessageSection, type MessageInvitationState } from "@/components/messages/message-invitation";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { AfterGiving, type AfterGivingProps } from "@/components/thanks/after-giving";
import { type ThanksPageGiftProgress, ThanksView, thanksTitle } from "@/components/thanks/thanks-view";
import { localizedPath, offeredLanguage } from "@/domain/languages";
import { beginsConcurrentRecurringGift } from "@/domain/ledger/second-gift";
import { hasMessage } from "@/domain/supporters/gift-message";
import { findGiftProgress, findLanguageOfGift } from "@/domain/supporters/gift-progress";
import { type AppealOfGift, findThankYouDetails } from "@/domain/supporters/thank-you-details";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { findArticleById } from "@/systems/content";
import { database } from "@/systems/database";
import { env, siteUrl } from "@/systems/env";
import { offersGiftMessages } from "@/systems/messages/offers-messages";
import { languageOfNodeRequest } from "@/systems/requested-language";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = {
  after: { reading: AfterGivingProps["returnTo"]; chargesNextAt: string | null; asked: AppealOfGift | null } | null;
} & {
  locale: string;
  site: string;
  progress: ThanksPageGiftProgress;
  checkoutSessionId: string;
  isHighRisk: boolean;
  message: MessageInvitationState | null;
};

const CHECKOUT_SESSION = /^cs_\w{1,250}$/;
const FORM_NONCE = /(?<![\w-])[\w-]{16,64}(?![\w-])/g;
const MAX_FORM_NONCES = 10;
const RELOAD_AFTER_SECONDS = { "on-its-way": 3, settling: 300 };

export const getServerSideProps: GetServerSideProps<Props> = async ({ query, req }) => {
  const session = typeof query.session === "string" ? query.session : "";
  const checkoutSessionId = CHECKOUT_SESSION.test(session) ? session : "";
  const formNonces = String(req.headers["x-mark"] ?? "").match(FORM_NONCE) ?? [];
  const { progress, paymentId } = await findProgress(checkoutSessionId, formNonces.slice(-MAX_FORM_NONCES));
  const languageOfGift = checkoutSessionId && (await findLanguageOfGift(await database(), checkoutSessionId));
  const locale = languageOfGift ? offeredLanguage(languageOfGift, publication) : languageOfNodeRequest(req);
  const after =
    progress.kind === "unknown" ? null : progress.own ? await findAfter(checkoutSessionId, locale) : forAnyone(locale);
  const isHighRisk = env().OUTLET_RISK === "high";
  return {
    props: {
      ...{ locale, site: siteUrl(), progress, checkoutSessionId, after, isHighRisk },
      message: paymentId && offersGiftMessages() ? await findOffer(paymentId) : null,
    },
  };
};

function forAnyone(locale: string): NonNullable<Props["after"]> {
  const path = localizedPath(locale, "/", publication);
  return { reading: { headline: publication.name, path, isArticle: false }, chargesNextAt: null, asked: null };
}

async function findAfter(checkoutSessionId: string, locale: string): Promise<Props["after"]> {
  const { articleId, chargesNextAt, appealOfGift } = await findThankYouDetails(await database(), checkoutSessionId);
  const article = articleId ? findArticleById(articleId) : null;
  const reading = article
    ? { headline: article.headline, path: `/articles/${article.slug}`, isArticle: true }
    : forAnyone(locale).reading;
  return { reading, chargesNextAt: chargesNextAt?.toISOString() ?? null, asked: appealOfGift };
}

async function findOffer(paymentId: string): Promise<MessageInvitationState> {
  return (await hasMessage(await database(), paymentId)) ? "written" : "offered";
}

/**
 * `paymentId`: set only if `progress.kind` is `received` and `progress.own` is not null, so only on the device that
 * gave.
 */
type Found = { progress: ThanksPageGiftProgress; paymentId: string | null };

async function findProgress(checkoutSessionId: string, formNonces: string[]): Promise<Found> {
  const unknown = { progress: { kind: "unknown" }, paymentId: null } as const;
  if (checkoutSessionId === "") return unknown;
  const db = await database();
  const progress = await findGiftProgress(db, { checkoutSessionId, formNonces, now: currentTime() });
  if (progress.kind === "unknown") return unknown;
  const { formNonce, money, coveredFee, frequency } = progress;
  const kind = progress.kind === "on-its-way" && progress.settling ? "settling" : progress.kind;
  if (formNonce === null) return { progress: { kind, own: null }, paymentId: null };
  const shown = { formNonce, money, coveredFee, frequency };
  if (progress.kind !== "received")
    return { progress: { kind, own: { ...shown, kept: null, isSecond: false } }, paymentId: null };
  const { kept, paymentId: id } = progress;
  const isSecond = await beginsConcurrentRecurringGift(db, await db.payment.findUniqueOrThrow({ where: { id } }));
  return { progress: { kind, own: { ...shown, kept, isSecond } }, paymentId: id };
}

export default function ThankYou({ locale, site, progress, checkoutSessionId, after, isHighRisk, message }: Props) {
  const title = thanksTitle(locale, progress);
  const { kind } = progress;
  return (
    <>
      <PageHead site={site} path="/thank-you" title={title} description={title} isPrivate hasOwnScript>
        {kind === "on-its-way" || kind === "settling" ? (
          <noscript>
            <meta httpEquiv="refresh" content={String(RELOAD_AFTER_SECONDS[kind])} />
          </noscript>
        ) : null}
      </PageHead>
      <SiteFrame locale={locale}>
        <ThanksView
          locale={locale}
          progress={progress}
          checkoutSessionId={checkoutSessionId}
          chargesNextAt={after?.chargesNextAt}
          askedBy={after?.asked}
        >
          {message && progress.kind !== "unknown" && progress.own ? (
            <GiftMessageSection
              locale={locale}
              offer={message}
              gift={{ session: checkoutSessionId, mark: progress.own.formNonce }}
            />
          ) : null}
        </ThanksView>
        {after ? (
          <AfterGiving
            locale={locale}
            site={site}
            returnTo={after.reading}
            offersSharing={!isHighRisk && progress.kind !== "unknown" && progress.own !== null}
          />
        ) : null}
      </SiteFrame>
      <p className="visually-hidden" role="status" data-announce="" />
    </>
  );
}
