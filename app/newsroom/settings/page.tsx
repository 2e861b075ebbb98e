import type { Metadata } from "next";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { NewsroomSettingsScreen } from "@/components/newsroom/staff/settings-screen";
import { translator } from "@/content/messages";
import { publication } from "@/publication";
import { listColleaguesWithAddress } from "@/systems/auth/colleagues-with-address";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/settings";

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("settings", PATH);
  return { title: sectionTitle(translator(locale), "settings") };
}

export default async function SettingsPage() {
  const { locale, colleague } = await requireStaff("settings", PATH);
  return (
    <NewsroomSettingsScreen
      locale={locale}
      now={currentTime()}
      publication={publication}
      ownId={colleague.id}
      colleagues={await listColleaguesWithAddress(await database())}
      flash={(await readFlashMessage(PATH)) ?? {}}
    />
  );
}
