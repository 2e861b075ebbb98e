import type { Metadata } from "next";
import { ExperimentListScreen } from "@/components/newsroom/experiments/experiment-list-screen";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { translator } from "@/content/messages";
import { listExperiments } from "@/domain/appeal/experiments";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { currentTime } from "@/systems/clock";
import { mayExperimentsRun } from "@/systems/counting/plan-form-context";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/experiments";

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("appeals", PATH);
  return { title: sectionTitle(translator(locale), "experiments") };
}

export default async function ExperimentsPage() {
  const { locale } = await requireStaff("appeals", PATH);
  return (
    <ExperimentListScreen
      locale={locale}
      experiments={await listExperiments(await database())}
      mayRun={mayExperimentsRun()}
      flash={(await readFlashMessage(PATH))?.said}
      now={currentTime()}
      timeZone={publication.timeZone}
    />
  );
}
