import { withStaff } from "@/systems/auth/with-viewer";
import { disputePage, handleDisputeForm, NO_REASON } from "@/systems/people/dispute-verb";

type Params = { disputeId: string };

export const POST = withStaff<Params>("people", disputePage, (sent) =>
  handleDisputeForm(sent, { verb: "stage", why: NO_REASON }),
);
