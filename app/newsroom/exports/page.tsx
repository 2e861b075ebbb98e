import type { Metadata } from "next";
import { ExportsScreen } from "@/components/newsroom/exports/exports-screen";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { translator } from "@/content/messages";
import { dayOn } from "@/domain/calendar";
import { countAccountingExportRows, parseDayRange, timeRangeOf } from "@/domain/newsroom/exports/payments";
import type { DayRange } from "@/domain/newsroom/periods";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/exports";
type Query = Record<string, string | string[] | undefined>;

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("exports", PATH);
  return { title: sectionTitle(translator(locale), "exports") };
}

export default async function ExportsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { locale } = await requireStaff("exports", PATH);
  const [{ from, to }, now, { timeZone }] = [await searchParams, currentTime(), publication];
  const typed = typeof from === "string" && typeof to === "string" ? { from, to } : null;
  const days = typed ?? thisMonth(now, timeZone);
  const parsed = parseDayRange(days);
  const rowCount =
    parsed.kind === "range" ? await countAccountingExportRows(await database(), timeRangeOf(days, timeZone)) : 0;
  const refusal = parsed.kind === "refused" ? parsed.reason : null;
  return <ExportsScreen {...{ locale, now, timeZone, days, rowCount, refusal }} />;
}

function thisMonth(now: Date, timeZone: string): DayRange {
  const to = dayOn(now, timeZone);
  return { from: `${to.slice(0, 8)}01`, to };
}
