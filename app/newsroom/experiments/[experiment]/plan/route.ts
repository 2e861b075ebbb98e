// Saves an experiment's plan. The URL contains the experiment's id, even for a new experiment. Thus a double click on
// the button saves only one plan.
import { saveExperimentPlan } from "@/domain/appeal/experiment-verbs";
import { isExperimentId } from "@/domain/appeal/exposure";
import { parseExperimentPlan, planFormFields, readPlanForm } from "@/domain/appeal/plan-form";
import { experimentPlanForAuditLog } from "@/domain/newsroom/experiments/plan-for-audit-log";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { experimentPath, getPlanFormContext } from "@/systems/counting/plan-form-context";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { type SameOriginForm, seeOther } from "@/systems/same-origin-form";

type Params = { experiment: string };

const pageOf = ({ form, params }: SameOriginForm<Params>) =>
  form.get("new") === "yes" ? "/newsroom/experiments/new" : experimentPath(params.experiment);

export const POST = withStaff<Params>("appeals", pageOf, async ({ viewer: { colleague }, ...sent }) => {
  const { experiment: id } = sent.params;
  if (!isExperimentId(id)) return seeOther(experimentPath(id));
  const context = await getPlanFormContext();
  const form = readPlanForm((name) => sent.form.get(name), context);
  const parsed = parseExperimentPlan(form, context);
  const page = pageOf(sent);
  if (parsed.kind === "refused") return seeOther(page, await flashMessageCookie(page, { ...planFormFields(form), id }));
  const { name, plan } = parsed;
  const planned = await (await database()).$transaction(async (tx) => {
    const planned = await saveExperimentPlan(tx, { id, name, plan, now: context.now });
    const act = {
      kind: "experiment-planned",
      about: `experiment:${id}`,
      after: experimentPlanForAuditLog(plan),
    } as const;
    if (planned.kind === "planned" && planned.isChanged) await recordActInAuditLog(tx, { colleague, ...act });
    return planned;
  });
  const said = planned.kind === "planned" ? "saved" : "begun";
  return seeOther(experimentPath(id), await flashMessageCookie(experimentPath(id), { said }));
});
