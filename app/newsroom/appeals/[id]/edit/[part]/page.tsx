import type { Metadata } from "next";
import { appealPartTitle } from "@/components/newsroom/appeals/appeals-words";
import { AppealPartEditor } from "@/components/newsroom/appeals/part-editor";
import { translator } from "@/content/messages";
import { appealEditPagePath } from "@/systems/appeals/answers";
import { appealPartEditContext, getAppealPartPageData } from "@/systems/appeals/part-pages";
import { requireStaff } from "@/systems/auth/signed-in-user";

export const dynamic = "force-dynamic";

type PartProps = { params: Promise<{ id: string; part: string }> };

export async function generateMetadata({ params }: PartProps): Promise<Metadata> {
  const { locale, part } = await getPage(params);
  return { title: appealPartTitle(translator(locale), part) };
}

export default async function AppealPartPage({ params }: PartProps) {
  return <AppealPartEditor {...(await getPage(params))} context={appealPartEditContext()} />;
}

async function getPage(params: PartProps["params"]) {
  const { id, part } = await params;
  const path = appealEditPagePath(id, part);
  const { locale, colleague } = await requireStaff("appeals", path);
  return { locale, ...(await getAppealPartPageData({ id, part, path, colleague })) };
}
