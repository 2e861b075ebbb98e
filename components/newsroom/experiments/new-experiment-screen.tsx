import { translator } from "@/content/messages";
import { NewsroomPage } from "../newsroom-page";
import { ExperimentPlanForm, type PlanFormProps } from "./plan-form";

type NewExperimentScreenProps = Omit<PlanFormProps, "t" | "isNew"> & { locale: string; timeZone: string };

export function NewExperimentScreen({ locale, timeZone, ...form }: NewExperimentScreenProps) {
  const t = translator(locale);
  return (
    <NewsroomPage
      locale={locale}
      section="experiments"
      title={t("experiments.new")}
      now={form.context.now}
      timeZone={timeZone}
    >
      <div className="experiment-intro">
        <p>{t("experiments.lede")}</p>
        {form.context.variants.length < 2 ? <p>{t("experiments.nothing-to-compare")}</p> : null}
      </div>
      <ExperimentPlanForm t={t} {...form} isNew />
    </NewsroomPage>
  );
}
