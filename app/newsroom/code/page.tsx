import { redirect } from "next/navigation";
import { FactorCodeView, type SecondFactorRefusal } from "@/components/newsroom/staff/code-view";
import {
  FRESH_FACTOR_MINUTES,
  findMissingSecondFactorStep,
  isSecondFactorRecentEnough,
} from "@/domain/newsroom/staff/factor";
import { publication } from "@/publication";
import { SECOND_FACTOR_LIMIT_WINDOW_MINUTES } from "@/systems/auth/code-limits";
import { factorPath, safeNewsroomPath } from "@/systems/auth/factor-paths";
import { passkeyRequestOptions } from "@/systems/auth/passkeys";
import { requireColleagueEvenWithoutSecondFactor } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { titleMetadata } from "@/systems/page-language";

const PAGE = "/newsroom/code";

export const generateMetadata = titleMetadata("staff.code.title");

type Props = { searchParams: Promise<{ next?: string }> };

export default async function FactorCodePage({ searchParams }: Props) {
  const next = safeNewsroomPath((await searchParams).next);
  const viewer = await requireColleagueEvenWithoutSecondFactor(factorPath("enter", next));
  const { locale, colleague, session } = viewer;
  const now = currentTime();
  const { secondFactorAt } = session;
  const db = await database();
  const step = await findMissingSecondFactorStep(db, { staffId: colleague.id, secondFactorAt, now, fresh: true });
  if (step !== "enter") redirect(step ? factorPath(step, next) : next);
  const note = await readFlashMessage(PAGE);
  return (
    <FactorCodeView
      locale={locale}
      publicationName={publication.name}
      next={next}
      isReauthentication={isSecondFactorRecentEnough(secondFactorAt, { now, fresh: false })}
      codeValidMinutes={FRESH_FACTOR_MINUTES}
      waitMinutes={SECOND_FACTOR_LIMIT_WINDOW_MINUTES}
      passkey={await passkeyRequestOptions(db, viewer)}
      refused={refusalIn(note?.code)}
      refusedPasskey={refusalIn(note?.passkey)}
      refusedRecovery={refusalIn(note?.recovery)}
    />
  );
}

function refusalIn(value: unknown): SecondFactorRefusal | null {
  return value === "wrong" || value === "used" || value === "too-often" ? value : null;
}
