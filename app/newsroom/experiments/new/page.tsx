import type { Metadata } from "next";
import { NewExperimentScreen } from "@/components/newsroom/experiments/new-experiment-screen";
import { translator } from "@/content/messages";
import { isExperimentId } from "@/domain/appeal/exposure";
import { newExperimentPlanForm, parseExperimentPlan, readPlanForm } from "@/domain/appeal/plan-form";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { getPlanFormContext, newExperimentId } from "@/systems/counting/plan-form-context";
import { readFlashMessage } from "@/systems/flash-message";

export const dynamic = "force-dynamic";

const PATH = "/newsroom/experiments/new";

export async function generateMetadata(): Promise<Metadata> {
  const { locale } = await requireStaff("appeals", PATH);
  return { title: translator(locale)("experiments.new") };
}

/**
 * Shows the form for the plan of a new experiment. After the form was refused, the page gets the typed values from a
 * cookie.
 */
export default async function NewExperimentPage() {
  const { locale } = await requireStaff("appeals", PATH);
  const context = await getPlanFormContext();
  const note = await readFlashMessage(PATH);
  const typed = note && readPlanForm((name) => (typeof note[name] === "string" ? note[name] : null), context);
  const parsed = typed && parseExperimentPlan(typed, context);
  const id = typeof note?.id === "string" && isExperimentId(note.id) ? note.id : newExperimentId();
  return (
    <NewExperimentScreen
      locale={locale}
      id={id}
      form={typed ?? newExperimentPlanForm(context)}
      refused={parsed?.kind === "refused" ? parsed.fields : []}
      context={context}
      timeZone={publication.timeZone}
    />
  );
}
