import { deleteExperimentPlan } from "@/domain/appeal/experiment-verbs";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { experimentPath } from "@/systems/counting/plan-form-context";
import { database } from "@/systems/database";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";

const LIST = "/newsroom/experiments";

type Params = { experiment: string };

export const POST = withStaff<Params>(
  "appeals",
  ({ params }) => experimentPath(params.experiment),
  async ({ params, viewer: { colleague } }) => {
    const { experiment: id } = params;
    const isDeleted = await (await database()).$transaction(async (tx) => {
      const isDeleted = await deleteExperimentPlan(tx, id);
      if (isDeleted)
        await recordActInAuditLog(tx, { colleague, kind: "experiment-plan-deleted", about: `experiment:${id}` });
      return isDeleted;
    });
    return seeOther(LIST, isDeleted ? await flashMessageCookie(LIST, { said: "deleted" }) : {});
  },
);
