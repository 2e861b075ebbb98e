import { redirect } from "next/navigation";
import { RecoveryCodesView } from "@/components/newsroom/staff/recovery-codes-view";
import { findMissingSecondFactorStep } from "@/domain/newsroom/staff/factor";
import { findUnconfirmedSealedRecoveryCodes } from "@/domain/newsroom/staff/store/factors";
import { factorPath, safeNewsroomPath } from "@/systems/auth/factor-paths";
import { unsealRecoveryCodes } from "@/systems/auth/recovery-codes";
import { requireColleagueEvenWithoutSecondFactor } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { titleMetadata } from "@/systems/page-language";

export const generateMetadata = titleMetadata("staff.recovery.title");

type Props = { searchParams: Promise<{ next?: string }> };

export default async function RecoveryCodesPage({ searchParams }: Props) {
  const next = safeNewsroomPath((await searchParams).next);
  const { colleague, session, locale } = await requireColleagueEvenWithoutSecondFactor(factorPath("store-codes", next));
  const db = await database();
  const { secondFactorAt } = session;
  const step = await findMissingSecondFactorStep(db, {
    staffId: colleague.id,
    secondFactorAt,
    now: currentTime(),
    fresh: true,
  });
  const sealed = await findUnconfirmedSealedRecoveryCodes(db, colleague.id);
  if (step !== "store-codes" || sealed === null) redirect(step ? factorPath(step, next) : next);
  return <RecoveryCodesView locale={locale} codes={unsealRecoveryCodes(sealed)} next={next} />;
}
