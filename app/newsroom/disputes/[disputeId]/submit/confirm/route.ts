import { withStaff } from "@/systems/auth/with-signed-in-user";
import { AUDIT_REASON_FOR_SENDING_EVIDENCE, disputePagePath, handleDisputeForm } from "@/systems/people/dispute-verb";

type Params = { disputeId: string };

export const POST = withStaff<Params>("people", disputePagePath, (sent) =>
  handleDisputeForm(sent, { verb: "submit", why: AUDIT_REASON_FOR_SENDING_EVIDENCE }),
);
