import { endExperiment } from "@/domain/appeal/experiment-verbs";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { currentTime } from "@/systems/clock";
import { experimentPath } from "@/systems/counting/plan-form-context";
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
    const hasEnded = await (await database()).$transaction(async (tx) => {
      const hasEnded = await endExperiment(tx, { id, now: currentTime() });
      if (hasEnded) await recordActInAuditLog(tx, { colleague, kind: "experiment-ended", about: `experiment:${id}` });
      return hasEnded;
    });
    return seeOther(path, hasEnded ? await flashMessageCookie(path, { said: "ended" }) : {});
  },
);
