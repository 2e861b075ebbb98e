import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ExperimentDraftScreen } from "@/components/newsroom/experiments/draft-screen";
import { ExperimentReportScreen } from "@/components/newsroom/experiments/report-screen";
import { findExperiment } from "@/domain/appeal/experiments";
import { parseExperimentPlan, planFormOf, readPlanForm } from "@/domain/appeal/plan-form";
import { estimateExperimentSize } from "@/domain/newsroom/experiments/outlook";
import { findExperimentReport } from "@/domain/newsroom/experiments/report";
import { publication } from "@/publication";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { experimentPath, getPlanFormContext, mayExperimentsRun } from "@/systems/counting/plan-form-context";
import { database } from "@/systems/database";
import { readFlashMessage } from "@/systems/flash-message";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ experiment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { experiment: id } = await params;
  await requireStaff("appeals", experimentPath(id));
  return { title: (await findExperiment(await database(), id))?.name };
}

export default async function ExperimentPage({ params }: Props) {
  const { experiment: id } = await params;
  const path = experimentPath(id);
  const { locale } = await requireStaff("appeals", path);
  const db = await database();
  const experiment = (await findExperiment(db, id)) ?? notFound();
  const context = await getPlanFormContext();
  const note = await readFlashMessage(path);
  const { timeZone } = publication;
  const page = { locale, flash: note?.said, now: context.now, timeZone };
  const report = await findExperimentReport(db, { id, now: context.now });
  if (report) return <ExperimentReportScreen {...page} report={report} />;
  const typed = note?.name === undefined ? null : readPlanForm((name) => textOf(note[name]), context);
  const parsed = typed && parseExperimentPlan(typed, context);
  return (
    <ExperimentDraftScreen
      {...page}
      experiment={experiment}
      form={typed ?? planFormOf(experiment)}
      refused={parsed?.kind === "refused" ? parsed.fields : []}
      context={context}
      outlook={await estimateExperimentSize(db, { plan: experiment, now: context.now, timeZone })}
      mayRun={mayExperimentsRun()}
    />
  );
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
