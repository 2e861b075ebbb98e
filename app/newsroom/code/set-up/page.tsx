import { redirect } from "next/navigation";
import { FactorSetUpView } from "@/components/newsroom/staff/set-up-view";
import { findMissingSecondFactorStep } from "@/domain/newsroom/staff/factor";
import { publication } from "@/publication";
import { authenticatorLink } from "@/systems/auth/authenticator";
import { SECOND_FACTOR_LIMIT_WINDOW_MINUTES } from "@/systems/auth/code-limits";
import { factorPath, safeNewsroomPath } from "@/systems/auth/factor-paths";
import { getAuthenticatorSetUpOffer } from "@/systems/auth/second-factor";
import { requireColleagueEvenWithoutSecondFactor } from "@/systems/auth/signed-in-user";
import { findMaskedColleagueAddress } from "@/systems/auth/staff";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";
import { titleMetadata } from "@/systems/page-language";

const PAGE = "/newsroom/code/set-up";

export const generateMetadata = titleMetadata("staff.set-up.title");

type Props = { searchParams: Promise<{ next?: string }> };

export default async function FactorSetUpPage({ searchParams }: Props) {
  const next = safeNewsroomPath((await searchParams).next);
  const viewer = await requireColleagueEvenWithoutSecondFactor(factorPath("set-up", next));
  const { colleague, session, locale } = viewer;
  const db = await database();
  const { secondFactorAt } = session;
  const step = await findMissingSecondFactorStep(db, {
    staffId: colleague.id,
    secondFactorAt,
    now: currentTime(),
    fresh: true,
  });
  if (step === "enter" || step === "store-codes") redirect(factorPath(step, factorPath("set-up", next)));
  const { secret, isChange } = await getAuthenticatorSetUpOffer(db, viewer);
  const account = await findMaskedColleagueAddress(db, colleague.id);
  const note = await readFlashMessage(PAGE);
  return (
    <FactorSetUpView
      locale={locale}
      name={publication.name}
      next={next}
      secret={secret}
      appLink={authenticatorLink({ secret, issuer: publication.name, account })}
      isChange={isChange}
      waitMinutes={SECOND_FACTOR_LIMIT_WINDOW_MINUTES}
      refused={note?.code === "wrong" || note?.code === "too-often" ? note.code : null}
    />
  );
}
