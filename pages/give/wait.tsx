// The page on which a reader waits while unusually many gifts are being started. The page needs no script: it reloads
// itself after the wait.
import type { GetServerSideProps, PageConfig } from "next";
import { WaitToGiveView } from "@/components/giving/wait-view";
import { pathInLanguage } from "@/components/site/own-path";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { translator } from "@/content/messages";
import { type GiftFormValues, giftFormQuery, readGiftFormWithDefaults } from "@/domain/giving/gift-form";
import { isGiftId } from "@/domain/giving/gift-id";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { siteUrl } from "@/systems/env";
import { readWaitTokenReadyAtUnverified } from "@/systems/giving/form-token";
import { languageOfNodeRequest } from "@/systems/requested-language";

export const config: PageConfig = { unstable_runtimeJS: false };

type Props = {
  locale: string;
  site: string;
  form: GiftFormValues;
  token: string;
  /**
   * The id of a started gift whose Checkout moves from the site's payment page to Stripe's page. Null if the reader's
   * gift has not been started yet.
   */
  movedGiftId: string | null;
  pass: string | null;
  /** The path of the page from which the reader sent the gift form. The browser script adds it to the form. */
  from: string;
  seconds: number;
};

const MAX_WAIT_SECONDS = 600;

export const getServerSideProps: GetServerSideProps<Props> = async ({ query, req }) => {
  const text = (name: string) => (typeof query[name] === "string" ? query[name] : "");
  const readyAt = readWaitTokenReadyAtUnverified(text("pass"));
  const leftMs = readyAt ? readyAt.getTime() - currentTime().getTime() : 0;
  return {
    props: {
      locale: languageOfNodeRequest(req),
      site: siteUrl(),
      form: readGiftFormWithDefaults(query, publication),
      token: text("form"),
      movedGiftId: isGiftId(text("moved")) ? text("moved") : null,
      pass: readyAt ? text("pass") : null,
      from: text("from"),
      seconds: Math.min(Math.max(0, Math.ceil(leftMs / 1000)), MAX_WAIT_SECONDS),
    },
  };
};

export default function WaitPage({ locale, site, form, token, movedGiftId, pass, from, seconds }: Props) {
  const title = translator(locale)("giving.wait.title");
  return (
    <SiteFrame locale={locale}>
      <PageHead site={site} path="/give/wait" title={title} description={title} isPrivate>
        {pass !== null && seconds > 0 ? <meta httpEquiv="refresh" content={String(seconds + 1)} /> : null}
      </PageHead>
      <WaitToGiveView
        locale={locale}
        form={form}
        token={token}
        movedGiftId={movedGiftId}
        pass={pass}
        from={from}
        waitSeconds={seconds}
        formPath={pathInLanguage({ locale }, `/give?${giftFormQuery(form)}`)}
      />
    </SiteFrame>
  );
}
