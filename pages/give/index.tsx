import type { GetServerSideProps, PageConfig } from "next";
import { GiveView, type GiveViewProps } from "@/components/giving/give-view";
import { alternateLinks } from "@/components/site/other-languages";
import { pathInLanguage } from "@/components/site/own-path";
import { PageHead } from "@/components/site/page-head";
import { SiteFrame } from "@/components/site/site-frame";
import { withPresets } from "@/domain/appeal/preset-choices";
import type { AppealForReader } from "@/domain/appeal/reader-appeal";
import { GIFT_FORM_PROBLEMS } from "@/domain/giving/form-problem";
import { parseGift, readGiftFormWithDefaults } from "@/domain/giving/gift-form";
import { languageOfPathSegment, offeredLanguage } from "@/domain/languages";
import { publication } from "@/publication";
import { getReaderAppeal } from "@/systems/appeals/reader-appeal";
import { currentTime } from "@/systems/clock";
import { findArticleById } from "@/systems/content";
import { siteUrl } from "@/systems/env";
import { newFormToken } from "@/systems/giving/form-token";
import { listCachedPublishedMessages } from "@/systems/messages/published";
import { isNoticeSignatureValid } from "@/systems/signed-notice";

export const config: PageConfig = { unstable_runtimeJS: false };

const PATH = "/give";

type Props = Omit<GiveViewProps, "publication"> & Pick<AppealForReader, "presets"> & { site: string };

export const getServerSideProps: GetServerSideProps<Props> = async ({ params, query }) => {
  if (!languageOfPathSegment(params?.language, publication)) return { notFound: true };
  // `query.language` is the language in the path, which Next adds to `query`. On the path /give it is the field
  // `language` of a form that was sent by GET.
  const locale = offeredLanguage(query.language, publication);
  const { variants, presets, progress } = await getReaderAppeal(locale);
  const appeal = variants.find(({ variant }) => variant === query.variant) ?? variants[0];
  const offered = withPresets(publication, presets);
  const form = readGiftFormWithDefaults({ appeal: appeal.id, variant: appeal.variant, ...query }, offered);
  const parsed = form.amount === null ? null : parseGift(form, { publication, locale });
  const article = form.article ? findArticleById(form.article) : null;
  return {
    props: {
      locale,
      site: siteUrl(),
      ...{ appeal, presets, progress },
      form,
      token: newFormToken(currentTime()),
      refusal: parsed?.kind === "refused" ? { reason: parsed.reason, limit: parsed.limit } : null,
      problem:
        GIFT_FORM_PROBLEMS.find(
          (each) =>
            each === query.problem && isNoticeSignatureValid(each, { signature: query.signature, now: currentTime() }),
        ) ?? null,
      messages: await listCachedPublishedMessages(),
      article: article ? { slug: article.slug, headline: article.headline } : null,
    },
  };
};

export default function Give({ site, presets, ...props }: Props) {
  const { locale, appeal } = props;
  return (
    <SiteFrame locale={locale} current="give" path={PATH}>
      <PageHead
        site={site}
        path={pathInLanguage(props, PATH)}
        title={appeal.giveTitle}
        description={appeal.giveIntro}
        hasOwnScript
      >
        {alternateLinks({ site, path: PATH })}
      </PageHead>
      <GiveView {...props} publication={withPresets(publication, presets)} />
    </SiteFrame>
  );
}
