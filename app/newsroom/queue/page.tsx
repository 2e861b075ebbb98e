import type { Metadata } from "next";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { QueueScreen } from "@/components/newsroom/queue-screen";
import { parseReplayed } from "@/components/newsroom/replayed";
import { translator } from "@/content/messages";
import { findAttention } from "@/domain/newsroom/attention";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/viewer";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { logFailedPart } from "@/systems/failed-part";
import { sealAddressLink } from "@/systems/links/address-link";
import { readNote } from "@/systems/note";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/queue";

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("queue", PATH);
  return { title: sectionTitle(translator(locale), "queue") };
}

export default async function QueuePage() {
  const { locale } = await requireStaff("queue", PATH);
  const now = currentTime();
  return (
    <QueueScreen
      locale={locale}
      attention={await findAttention(await database(), { now, onFailure: logFailedPart })}
      now={now}
      timeZone={publication.timeZone}
      replayed={parseReplayed(await readNote(PATH))}
      sealAddress={sealAddressLink}
      onFailure={logFailedPart}
    />
  );
}
