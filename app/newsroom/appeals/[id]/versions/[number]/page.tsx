import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { VersionDifferenceScreen } from "@/components/newsroom/appeals/version-difference-screen";
import { translator } from "@/content/messages";
import { findAppealDetails, findAppealVersionWithPrevious } from "@/domain/appeal/read-appeal";
import { listChangedTexts } from "@/domain/appeal/version-difference";
import { newsroomAppealPath } from "@/systems/appeals/answers";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";

export const dynamic = "force-dynamic";

type VersionProps = { params: Promise<{ id: string; number: string }> };

export async function generateMetadata({ params }: VersionProps): Promise<Metadata> {
  const { locale, number } = await getPage(params);
  return { title: translator(locale)("appeals.versions.number", { number }) };
}

export default async function AppealVersionPage({ params }: VersionProps) {
  const { locale, appeal, number, changes } = await getPage(params);
  return <VersionDifferenceScreen locale={locale} appeal={appeal} number={number} changes={changes} />;
}

async function getPage(params: VersionProps["params"]) {
  const { id, number: text } = await params;
  const { locale, colleague } = await requireStaff("appeals", `${newsroomAppealPath(id)}/versions/${text}`);
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  const db = await database();
  const appeal = await findAppealDetails(db, { id, by: colleague.id, now: currentTime() });
  const version = appeal && (await findAppealVersionWithPrevious(db, { id, number }));
  if (!version) notFound();
  return { locale, appeal, number, changes: listChangedTexts(version.before, version.content) };
}
