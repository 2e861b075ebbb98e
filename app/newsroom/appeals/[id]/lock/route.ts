import { startEditing, stopEditing } from "@/domain/appeal/edit-appeal";
import { appealPath, pressedBy, redirectBackTo } from "@/systems/appeals/answers";
import { withStaff } from "@/systems/auth/with-viewer";
import { database } from "@/systems/database";

type Params = { id: string };

/** The longest note, in characters, that a colleague may leave when taking over. It is kept in the log. */
const MOST_NOTE = 200;

const pageOf = ({ params: { id } }: { params: Params }) => appealPath(id);

/** `do`: start · take-over · stop. */
export const POST = withStaff<Params>("appeals", pageOf, async ({ form, params: { id }, viewer: { colleague } }) => {
  const [db, page, pressed] = [await database(), appealPath(id), pressedBy(colleague)];
  if (form.get("do") === "stop") {
    await stopEditing(db, { id, ...pressed });
    return redirectBackTo(page, {});
  }
  const note = (form.get("note") ?? "").trim().slice(0, MOST_NOTE);
  const isTakingOver = form.get("do") === "take-over";
  if (isTakingOver && note === "") return redirectBackTo(page, { refused: "note" });
  const started = await startEditing(db, { id, note: isTakingOver ? note : "", ...pressed });
  return redirectBackTo(page, started.kind === "refused" ? { refused: started.reason } : {});
});
