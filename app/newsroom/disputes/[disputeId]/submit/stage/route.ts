import { withStaff } from "@/systems/auth/with-viewer";
import { disputePagePath, EVIDENCE_REASON, handleDisputeForm } from "@/systems/people/dispute-verb";

type Params = { disputeId: string };

export const POST = withStaff<Params>("people", disputePagePath, (sent) =>
  handleDisputeForm(sent, { verb: "stage", why: EVIDENCE_REASON }),
);
