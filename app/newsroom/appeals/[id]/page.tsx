import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AppealScreen } from "@/components/newsroom/appeals/appeal-screen";
import { findAppealDetails } from "@/domain/appeal/read-appeal";
import { publication } from "@/publication";
import { newsroomAppealPath } from "@/systems/appeals/answers";
import { listColleagueAddresses } from "@/systems/auth/colleague-names";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";

export const dynamic = "force-dynamic";

type AppealProps = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: AppealProps): Promise<Metadata> {
  return { title: (await getPage((await params).id)).appeal.name };
}

export default async function AppealPage({ params }: AppealProps) {
  const { id } = await params;
  const { locale, appeal, names } = await getPage(id);
  return (
    <AppealScreen
      locale={locale}
      appeal={appeal}
      names={names}
      timeZone={publication.timeZone}
      languages={publication.languages}
      flash={await readFlashMessage(newsroomAppealPath(id))}
    />
  );
}

async function getPage(id: string) {
  const { locale, colleague } = await requireStaff("appeals", newsroomAppealPath(id));
  const db = await database();
  const appeal = await findAppealDetails(db, { id, by: colleague.id, now: currentTime() });
  if (!appeal) notFound();
  return { locale, appeal, names: await listColleagueAddresses(db) };
}
