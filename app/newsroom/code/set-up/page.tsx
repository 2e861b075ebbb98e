import { redirect } from "next/navigation";
import { FactorSetUpView } from "@/components/newsroom/staff/set-up-view";
import { findFactorStep } from "@/domain/newsroom/staff/factor";
import { publication } from "@/publication";
import { authenticatorLink } from "@/systems/auth/authenticator";
import { CODE_WINDOW_MINUTES } from "@/systems/auth/code-limits";
import { factorPath, newsroomPath } from "@/systems/auth/factor-paths";
import { findOfferedApp } from "@/systems/auth/second-factor";
import { findColleagueAddress } from "@/systems/auth/staff";
import { requireColleague } from "@/systems/auth/viewer";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { readFlashNote } from "@/systems/note";
import { titleMetadata } from "@/systems/page-language";

const PAGE = "/newsroom/code/set-up";

export const generateMetadata = titleMetadata("staff.set-up.title");

type Props = { searchParams: Promise<{ next?: string }> };

export default async function SetUpPage({ searchParams }: Props) {
  const next = newsroomPath((await searchParams).next);
  const viewer = await requireColleague(factorPath("set-up", next));
  const { colleague, session, locale } = viewer;
  const db = await database();
  const { secondFactorAt } = session;
  const step = await findFactorStep(db, { staffId: colleague.id, secondFactorAt, now: currentTime(), fresh: true });
  if (step === "enter" || step === "store-codes") redirect(factorPath(step, factorPath("set-up", next)));
  const { secret, isChange } = await findOfferedApp(db, viewer);
  const account = await findColleagueAddress(db, colleague.id);
  const note = await readFlashNote(PAGE);
  return (
    <FactorSetUpView
      locale={locale}
      name={publication.name}
      next={next}
      secret={secret}
      appLink={authenticatorLink({ secret, issuer: publication.name, account })}
      isChange={isChange}
      waitMinutes={CODE_WINDOW_MINUTES}
      refused={note?.code === "wrong" || note?.code === "too-often" ? note.code : null}
    />
  );
}
