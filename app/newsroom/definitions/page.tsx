import type { Metadata } from "next";
import { DefinitionsScreen } from "@/components/newsroom/definitions-screen";
import { translator } from "@/content/messages";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/definitions";

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("totals", PATH);
  return { title: translator(locale)("figures.title") };
}

export default async function DefinitionsPage() {
  const { locale } = await requireStaff("totals", PATH);
  return <DefinitionsScreen locale={locale} now={currentTime()} timeZone={publication.timeZone} />;
}
