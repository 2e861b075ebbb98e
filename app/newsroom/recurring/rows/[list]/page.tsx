import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RecurringListScreen } from "@/components/newsroom/recurring/recurring-list-screen";
import { translator } from "@/content/messages";
import {
  getRecurringListContent,
  RECURRING_LIST_NAMES,
  type RecurringListName,
} from "@/domain/newsroom/recurring-rows";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ list: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { viewer, list } = await requireList(params);
  return { title: translator(viewer.locale)(`renewals.rows.${list}`) };
}

export default async function RecurringListPage({ params }: Props) {
  const { viewer, list } = await requireList(params);
  const now = currentTime();
  const rows = await getRecurringListContent(await database(), { list, now });
  return <RecurringListScreen {...{ list, now, rows }} locale={viewer.locale} timeZone={publication.timeZone} />;
}

async function requireList(
  params: Props["params"],
): Promise<{ viewer: Awaited<ReturnType<typeof requireStaff>>; list: RecurringListName }> {
  const named = (await params).list;
  const list = RECURRING_LIST_NAMES.find((each) => each === named);
  const viewer = await requireStaff("people", `/newsroom/recurring/rows/${encodeURIComponent(named)}`);
  return list ? { viewer, list } : notFound();
}
