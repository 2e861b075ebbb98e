import type { Metadata } from "next";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { AuditLogScreen } from "@/components/newsroom/staff/log-screen";
import { translator } from "@/content/messages";
import { formatAuditLogUrlQuery, listActs, parseAuditLogFilter } from "@/domain/newsroom/staff/log";
import { hasRight } from "@/domain/newsroom/staff/roles";
import { publication } from "@/publication";
import { listColleaguesWithMaskedAddress } from "@/systems/auth/colleagues-with-address";
import { checkAuditLog } from "@/systems/auth/log-check";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/log";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { locale } = await requireStaff("log", await pathOf(searchParams));
  return { title: sectionTitle(translator(locale), "log") };
}

export default async function LogPage({ searchParams }: Props) {
  const { locale, colleague } = await requireStaff("log", await pathOf(searchParams));
  const filter = parseAuditLogFilter(await searchParams);
  const { timeZone } = publication;
  const db = await database();
  return (
    <AuditLogScreen
      locale={locale}
      now={currentTime()}
      timeZone={timeZone}
      filter={filter}
      {...(await listActs(db, { filter, timeZone }))}
      state={await checkAuditLog(db)}
      colleagues={await listColleaguesWithMaskedAddress(db)}
      mayExport={hasRight(colleague.role, "exports")}
    />
  );
}

async function pathOf(searchParams: Props["searchParams"]): Promise<string> {
  const query = formatAuditLogUrlQuery(parseAuditLogFilter(await searchParams));
  return query ? `${PATH}?${query}` : PATH;
}
