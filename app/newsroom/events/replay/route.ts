import { listDeadLetters } from "@/domain/ledger/dead-letters";
import { withStaff } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";
import { replayEvents } from "@/systems/dead-letters";
import { noteFor } from "@/systems/note";
import { seeOther } from "@/systems/same-origin-form";
import { wakeJobs } from "@/systems/wake-jobs";

/** How long the browser waits. Events that have not been tried by then stay in the list. */
const WAIT_MS = 5_000;

export const POST = withStaff("/newsroom", async ({ form }) => {
  const db = await database();
  // The form names one event; a form without a name means all of them.
  const letters = await listDeadLetters(db, { id: form.get("event") ?? undefined });
  const { recorded, failed } = await replayEvents(db, letters, new Date(Date.now() + WAIT_MS));
  if (recorded > 0) wakeJobs();
  return seeOther("/newsroom", await noteFor("/newsroom", { recorded, failed }));
});
