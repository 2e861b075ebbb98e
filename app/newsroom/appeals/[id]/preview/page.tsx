import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PreviewScreen, parsePreviewWidth } from "@/components/newsroom/appeals/preview-screen";
import { translator } from "@/content/messages";
import { findAppealDetails } from "@/domain/appeal/read-appeal";
import { publication } from "@/publication";
import { newsroomAppealPath } from "@/systems/appeals/answers";
import { listArticlesForPreview, readPreviewChoice } from "@/systems/appeals/render-preview";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";

export const dynamic = "force-dynamic";

type Query = Record<string, string | string[] | undefined>;
type PreviewProps = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export async function generateMetadata({ params }: PreviewProps): Promise<Metadata> {
  const { id } = await params;
  const { locale } = await requireStaff("appeals", `${newsroomAppealPath(id)}/preview`);
  return { title: translator(locale)("appeals.preview") };
}

export default async function AppealPreviewPage({ params, searchParams }: PreviewProps) {
  const { id } = await params;
  const { locale, colleague } = await requireStaff("appeals", `${newsroomAppealPath(id)}/preview`);
  const appeal = await findAppealDetails(await database(), { id, by: colleague.id, now: currentTime() });
  if (!appeal) notFound();
  const query = await searchParams;
  const one = (name: string) => [query[name]].flat()[0];
  const choice = readPreviewChoice(one);
  const variants = appeal.content.variants.map((variant) => variant.id);
  return (
    <PreviewScreen
      locale={locale}
      appeal={appeal}
      choice={{ ...choice, variant: variants.find((each) => each === choice.variant) ?? variants[0] ?? "" }}
      width={parsePreviewWidth(one("width"))}
      variants={variants}
      languages={publication.languages}
      articles={listArticlesForPreview()}
    />
  );
}
