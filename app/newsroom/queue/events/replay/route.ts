import { listDeadLetters } from "@/domain/ledger/dead-letters";
import { listWaitingDeadLetters } from "@/domain/newsroom/attention";
import { recordActInAuditLog } from "@/systems/auth/staff";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";
import { replayEvents } from "@/systems/dead-letters";
import { flashMessageCookie } from "@/systems/flash-message";
import { seeOther } from "@/systems/same-origin-form";
import { runBackgroundJobsSoon } from "@/systems/wake-jobs";

const PAGE = "/newsroom/queue";
/**
 * The time after the press of the button during which the replay of an event can start. It is short, because the
 * colleague's browser waits. Events that are not replayed in this time stay in the queue.
 */
const WAIT_MS = 5_000;

export const POST = withStaff("queue", PAGE, async ({ form, viewer: { colleague } }) => {
  const db = await database();
  // A form without an event id replays all dead letters except those that staff marked as done. A dead letter no longer
  // counts as done if it has failed for another reason since staff marked it.
  const id = form.get("event");
  const letters = id ? await listDeadLetters(db, { id }) : await listWaitingDeadLetters(db);
  const { recorded, failed } = await replayEvents(db, letters, new Date(Date.now() + WAIT_MS));
  const act = {
    colleague,
    kind: "events-replayed",
    about: `event:${id ? (letters[0]?.id ?? "none") : "all"}`,
  } as const;
  await db.$transaction((tx) => recordActInAuditLog(tx, { ...act, after: { recorded, failed } }));
  if (recorded > 0) runBackgroundJobsSoon();
  return seeOther(PAGE, await flashMessageCookie(PAGE, { recorded, failed }));
});
