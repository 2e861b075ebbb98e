import type { Metadata } from "next";
import { NewsroomScreen } from "@/components/newsroom/newsroom-screen";
import { parseReplayed } from "@/components/newsroom/replayed";
import { translator } from "@/content/messages";
import { getNewsroomFigures } from "@/domain/newsroom/figures";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/viewer";
import { currentTime } from "@/systems/clock";
import { findArticleById } from "@/systems/content";
import { database } from "@/systems/database";
import { sealAddressLink } from "@/systems/links/address-link";
import { log, redactError } from "@/systems/log";
import { readNote } from "@/systems/note";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff();
  return { title: translator(locale)("newsroom.title") };
}

type NewsroomPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewsroomPage({ searchParams }: NewsroomPageProps) {
  const { locale } = await requireStaff();
  const query = await searchParams;
  const options = { wanted: query.currency, publication, now: currentTime(), onFailure };
  const figures = await getNewsroomFigures(await database(), options);
  return (
    <NewsroomScreen
      locale={locale}
      figures={figures}
      timeZone={publication.timeZone}
      findHeadline={(id) => findArticleById(id)?.headline ?? null}
      sealAddress={sealAddressLink}
      onFailure={onFailure}
      replayed={parseReplayed(await readNote("/newsroom"))}
    />
  );
}

function onFailure(part: string, error: unknown): void {
  log.error({ part, error: redactError(error) }, "a part of the newsroom's page could not be drawn");
}
