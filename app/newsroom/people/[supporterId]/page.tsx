import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MergedOrErasedSupporterScreen } from "@/components/newsroom/people/merged-or-erased-supporter-screen";
import type { NoticeContent } from "@/components/newsroom/people/people-screen-frame";
import { SupporterScreen } from "@/components/newsroom/people/supporter-screen";
import { formatDay } from "@/components/site/format-day";
import { type Translate, translator } from "@/content/messages";
import { addMonths, dayOn } from "@/domain/calendar";
import { findSupporterRecord } from "@/domain/newsroom/people/supporter";
import { listTimeline, parseTimelineCursor } from "@/domain/newsroom/people/timeline";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { findArticleById } from "@/systems/content";
import { database } from "@/systems/database";
import { type FlashMessage, readFlashMessage } from "@/systems/flash-message";
import { unsealAddressesAndReceiptName } from "@/systems/people/reveal";
import { findTypedStaffReason } from "@/systems/people/staff-act-reason";

export const dynamic = "force-dynamic";

const SEAT_MONTHS = 12;

type Props = { params: Promise<{ supporterId: string }>; searchParams: Promise<{ before?: string | string[] }> };

/** The title contains neither a name nor an id, because the browser's history keeps it. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { supporterId } = await params;
  const { locale } = await requireStaff("people", `/newsroom/people/${supporterId}`);
  return { title: translator(locale)("people.supporter.tab") };
}

export default async function SupporterPage({ params, searchParams }: Props) {
  const { supporterId } = await params;
  const path = `/newsroom/people/${supporterId}`;
  const { locale } = await requireStaff("people", path);
  const [db, now, t] = [await database(), currentTime(), translator(locale)];
  const found = await findSupporterRecord(db, { supporterId, now });
  if (found.kind === "unknown") return notFound();
  if (found.kind !== "known") return <MergedOrErasedSupporterScreen locale={locale} id={supporterId} former={found} />;
  const cursor = parseTimelineCursor((await searchParams).before);
  const note = await readFlashMessage(path);
  return (
    <SupporterScreen
      locale={locale}
      timeZone={publication.timeZone}
      record={found.record}
      timeline={await listTimeline(db, { supporterId, after: cursor })}
      isFirstPage={cursor === null}
      findHeadline={(id) => findArticleById(id)?.headline ?? null}
      notice={toldBy(t, note)}
      revealed={note?.revealed === true ? await unsealAddressesAndReceiptName(db, supporterId) : null}
      typedReason={findTypedStaffReason(note)}
      seatUntil={addMonths(dayOn(now, publication.timeZone), SEAT_MONTHS)}
    />
  );
}

function toldBy(t: Translate, note: FlashMessage | null): NoticeContent | null {
  const until = typeof note?.until === "string" ? formatDay(note.until, { locale: t.locale }) : "";
  const most = typeof note?.most === "number" ? note.most : 0;
  switch (note?.done) {
    case "seat-give":
      return { kind: "good", title: t("people.seats.done.give", { day: until }) };
    case "seat-end":
      return { kind: "good", title: t("people.seats.done.end") };
    case "seat-day":
      return { kind: "bad", title: t("people.seats.refused.day") };
    case "mail-stop":
      return { kind: "good", title: t("people.mail-stop.done") };
    case "often":
      return { kind: "bad", title: t("people.revealed.often"), text: t("people.revealed.often-text", { most }) };
    case "address":
      return { kind: "good", title: t("people.correct.done"), text: t("people.correct.done-text") };
    case "merge":
      return { kind: "good", title: t("people.merge.done"), text: t("people.correct.done-text") };
    case "erase-waits":
      return { kind: "bad", title: t("people.erase.waits"), text: t("people.erase.waits-text") };
    default:
      return null;
  }
}
