import type { Metadata } from "next";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { StaffTaskQueueScreen } from "@/components/newsroom/queue-screen";
import { parseReplayResult } from "@/components/newsroom/replay-result";
import { translator } from "@/content/messages";
import { getItemsAwaitingStaff } from "@/domain/newsroom/attention";
import { listDecidedDisputes } from "@/domain/newsroom/disputes";
import { loadPageSection } from "@/domain/newsroom/page-section";
import { publication } from "@/publication";
import { listColleagueAddresses } from "@/systems/auth/colleague-names";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { logPageSectionFailure } from "@/systems/failed-page-section";
import { readFlashMessage } from "@/systems/flash-message";
import { sealEmailHash } from "@/systems/links/address-link";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/queue";

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("queue", PATH);
  return { title: sectionTitle(translator(locale), "queue") };
}

export default async function QueuePage() {
  const { locale, colleague } = await requireStaff("queue", PATH);
  const [db, now, note] = [await database(), currentTime(), await readFlashMessage(PATH)];
  const attention = await getItemsAwaitingStaff(db, { now, onFailure: logPageSectionFailure });
  const load = () => listDecidedDisputes(db, now);
  const decided = await loadPageSection("decided-disputes", { load, onFailure: logPageSectionFailure });
  const names = await listColleagueAddresses(db);
  return (
    <StaffTaskQueueScreen
      locale={locale}
      attention={attention}
      decided={decided}
      ownId={colleague.id}
      nameOf={(id) => names.get(id) ?? translator(locale)("work.former")}
      now={now}
      timeZone={publication.timeZone}
      replayed={parseReplayResult(note)}
      wasChangedMeanwhile={note?.meanwhile === true}
      sealEmailHash={sealEmailHash}
      onFailure={logPageSectionFailure}
    />
  );
}
