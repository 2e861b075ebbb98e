import { releaseEditLock, takeEditLock } from "@/domain/appeal/edit-appeal";
import {
  appealEditorTimeAndActRecorder,
  newsroomAppealPath,
  redirectWithFlashMessage,
} from "@/systems/appeals/answers";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";

type Params = { id: string };

/** The maximum length of the reason for taking over the lock, in characters. */
const MAX_NOTE_LENGTH = 200;

const pageOf = ({ params: { id } }: { params: Params }) => newsroomAppealPath(id);

/** Takes, takes over or releases the appeal's edit lock: the form's field `do` is `start`, `take-over` or `stop`. */
export const POST = withStaff<Params>("appeals", pageOf, async ({ form, params: { id }, viewer: { colleague } }) => {
  const [db, page, pressed] = [await database(), newsroomAppealPath(id), appealEditorTimeAndActRecorder(colleague)];
  if (form.get("do") === "stop") {
    await releaseEditLock(db, { id, ...pressed });
    return redirectWithFlashMessage(page, {});
  }
  const note = (form.get("note") ?? "").trim().slice(0, MAX_NOTE_LENGTH);
  const isTakingOver = form.get("do") === "take-over";
  if (isTakingOver && note === "") return redirectWithFlashMessage(page, { refused: "note" });
  const started = await takeEditLock(db, { id, takeoverReason: isTakingOver ? note : "", ...pressed });
  return redirectWithFlashMessage(page, started.kind === "refused" ? { refused: started.reason } : {});
});
