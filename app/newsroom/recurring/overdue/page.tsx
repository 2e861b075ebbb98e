import type { Metadata } from "next";
import { OverdueScreen } from "@/components/newsroom/recurring/overdue-screen";
import { translator } from "@/content/messages";
import { listOverdueGifts, parseOverdueGiftsSortOrder } from "@/domain/newsroom/overdue-gifts";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/recurring/overdue";

type Props = { searchParams: Promise<{ by?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("people", PATH);
  return { title: translator(locale)("renewals.overdue.title") };
}

export default async function OverdueGiftsPage({ searchParams }: Props) {
  const { locale } = await requireStaff("people", PATH);
  const order = parseOverdueGiftsSortOrder((await searchParams).by);
  const now = currentTime();
  const gifts = await listOverdueGifts(await database(), { order, now });
  return <OverdueScreen {...{ locale, order, gifts, now }} timeZone={publication.timeZone} />;
}
