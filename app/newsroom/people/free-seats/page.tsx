import type { Metadata } from "next";
import { FREE_SEAT_FORM_REFUSALS, FreeSeatsScreen } from "@/components/newsroom/people/free-seats-screen";
import { translator } from "@/content/messages";
import { addMonths, dayOn } from "@/domain/calendar";
import { listUnexpiredFreeSeats } from "@/domain/supporters/store/letters";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { sealEmailHash } from "@/systems/links/address-link";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/people/free-seats";
const MAX_SEATS = 200;
const SEAT_MONTHS = 12;

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("people", PATH);
  return { title: translator(locale)("people.seats.title") };
}

export default async function FreeSeatsPage() {
  const { locale } = await requireStaff("people", PATH);
  const [note, now] = [await readFlashMessage(PATH), currentTime()];
  const seats = await listUnexpiredFreeSeats(await database(), { now, limit: MAX_SEATS });
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return (
    <FreeSeatsScreen
      locale={locale}
      seats={seats.map(({ emailHash, until, givenAt }) => ({ key: sealEmailHash(emailHash), until, givenAt }))}
      typed={{
        address: text(note?.address),
        until: text(note?.day) || addMonths(dayOn(now, publication.timeZone), SEAT_MONTHS),
      }}
      refusal={FREE_SEAT_FORM_REFUSALS.find((each) => each === note?.refused) ?? null}
      done={note?.done === "give" || note?.done === "end" ? { what: note.done, until: text(note.until) } : null}
      timeZone={publication.timeZone}
    />
  );
}
