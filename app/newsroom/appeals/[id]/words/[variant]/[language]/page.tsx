import type { Metadata } from "next";
import { appealPartTitle } from "@/components/newsroom/appeals/appeals-words";
import { AppealPartEditor } from "@/components/newsroom/appeals/part-editor";
import { translator } from "@/content/messages";
import { wordsPartName } from "@/domain/appeal/appeal-parts";
import { appealEditPagePath } from "@/systems/appeals/answers";
import { appealPartEditContext, getAppealPartPageData } from "@/systems/appeals/part-pages";
import { requireStaff } from "@/systems/auth/signed-in-user";

export const dynamic = "force-dynamic";

type WordsProps = { params: Promise<{ id: string; variant: string; language: string }> };

export async function generateMetadata({ params }: WordsProps): Promise<Metadata> {
  const { locale, part } = await getPage(params);
  return { title: appealPartTitle(translator(locale), part) };
}

export default async function VariantTextPage({ params }: WordsProps) {
  return <AppealPartEditor {...(await getPage(params))} context={appealPartEditContext()} />;
}

async function getPage(params: WordsProps["params"]) {
  const { id, ...named } = await params;
  const part = wordsPartName(named);
  const path = appealEditPagePath(id, part);
  const { locale, colleague } = await requireStaff("appeals", path);
  return { locale, ...(await getAppealPartPageData({ id, part, path, colleague })) };
}
