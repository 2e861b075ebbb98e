import type { Metadata } from "next";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { RecurringScreen } from "@/components/newsroom/recurring-screen";
import { translator } from "@/content/messages";
import { getRecurringFigures } from "@/domain/newsroom/figures";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/viewer";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { logFailedPart } from "@/systems/failed-part";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/recurring";

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("totals", PATH);
  return { title: sectionTitle(translator(locale), "recurring") };
}

export default async function RecurringPage() {
  const { locale } = await requireStaff("totals", PATH);
  const options = { publication, now: currentTime(), onFailure: logFailedPart };
  return (
    <RecurringScreen
      locale={locale}
      figures={await getRecurringFigures(await database(), options)}
      timeZone={publication.timeZone}
      onFailure={logFailedPart}
    />
  );
}
