import type { Metadata } from "next";
import { MessagesFromReadersScreen } from "@/components/newsroom/messages/messages-screen";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { translator } from "@/content/messages";
import { listMessages, parseMessageDecision } from "@/domain/newsroom/messages";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { identityCrypto } from "@/systems/identity";
import { offersGiftMessages } from "@/systems/messages/offers-messages";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/messages";
const PROBLEMS = ["meanwhile", "not-allowed"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("people", PATH);
  return { title: sectionTitle(translator(locale), "messages") };
}

export default async function MessagesPage() {
  const { locale } = await requireStaff("people", PATH);
  const note = await readFlashMessage(PATH);
  return (
    <MessagesFromReadersScreen
      locale={locale}
      timeZone={publication.timeZone}
      now={currentTime()}
      messages={await listMessages(await database(), identityCrypto())}
      isOffered={offersGiftMessages()}
      done={typeof note?.done === "string" ? parseMessageDecision(note.done) : null}
      problem={PROBLEMS.find((each) => each === note?.problem) ?? null}
    />
  );
}
