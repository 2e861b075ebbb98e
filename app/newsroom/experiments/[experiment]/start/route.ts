import { startExperiment } from "@/domain/appeal/experiment-verbs";
import { experimentPlanForAuditLog } from "@/domain/newsroom/experiments/plan-for-audit-log";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { experimentPath, getPlanFormContext, mayExperimentsRun } from "@/systems/counting/plan-form-context";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";

type Params = { experiment: string };

export const POST = withStaff<Params>(
  "appeals",
  ({ params }) => experimentPath(params.experiment),
  async ({ params, viewer: { colleague } }) => {
    const { experiment: id } = params;
    const path = experimentPath(id);
    if (!mayExperimentsRun()) return seeOther(path);
    const context = await getPlanFormContext();
    const started = await (await database()).$transaction(async (tx) => {
      const started = await startExperiment(tx, { id, ...context });
      if (started.kind === "refused") return started;
      const after = experimentPlanForAuditLog(started.experiment);
      await recordActInAuditLog(tx, { colleague, kind: "experiment-started", about: `experiment:${id}`, after });
      return started;
    });
    const page = started.kind === "refused" && started.reason === "gone" ? "/newsroom/experiments" : path;
    const said = started.kind === "started" ? "started" : started.reason;
    return seeOther(page, await flashMessageCookie(page, { said }));
  },
);
