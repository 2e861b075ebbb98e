import { notFound } from "next/navigation";
import { ColleagueView } from "@/components/newsroom/staff/colleague-view";
import { listOwnSessions } from "@/domain/supporters/sessions";
import { publication } from "@/publication";
import { findColleagueAndTheirAddress } from "@/systems/auth/colleagues-with-address";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { findColleagueByEmailHash } from "@/systems/auth/staff";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { env } from "@/systems/env";
import { readFlashMessage } from "@/systems/flash-message";
import { titleMetadata } from "@/systems/page-language";
import { colleaguePath } from "./colleague-action-route";

export const dynamic = "force-dynamic";

export const generateMetadata = titleMetadata("staff.colleague.title");

type Props = { params: Promise<{ id: string }> };

export default async function ColleaguePage({ params }: Props) {
  const { id } = await params;
  const page = colleaguePath(id);
  const { locale, colleague } = await requireStaff("settings", page);
  const db = await database();
  const row = await findColleagueAndTheirAddress(db, id);
  if (!row) notFound();
  const isStaff = (await findColleagueByEmailHash(db, row.emailHash)) !== null;
  const whose = { emailHash: row.emailHash, supporterId: null, isStaff };
  const rules = { risk: env().OUTLET_RISK, timeZone: publication.timeZone };
  return (
    <ColleagueView
      locale={locale}
      timeZone={publication.timeZone}
      colleague={row}
      isSelf={id === colleague.id}
      sessions={await listOwnSessions(db, whose, { idHash: "", now: currentTime(), ...rules })}
      flash={(await readFlashMessage(page)) ?? {}}
    />
  );
}
