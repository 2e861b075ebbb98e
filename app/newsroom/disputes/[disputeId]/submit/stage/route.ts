import { withStaff } from "@/systems/auth/with-viewer";
import { disputePage, NO_REASON, takeDisputeForm } from "@/systems/people/dispute-verb";

type Params = { disputeId: string };

export const POST = withStaff<Params>("people", disputePage, (sent) =>
  takeDisputeForm(sent, { verb: "stage", why: NO_REASON }),
);
