import { rollBackAppeal } from "@/domain/appeal/roll-back";
import {
  appealEditorTimeAndActRecorder,
  newsroomAppealPath,
  redirectWithFlashMessage,
} from "@/systems/appeals/answers";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";

type Params = { id: string };

const pageOf = ({ params: { id } }: { params: Params }) => newsroomAppealPath(id);

/**
 * Restores an earlier version of an appeal. The form's field `to` is the number of the version to restore. `seen` is
 * the number of the newest version that the page showed.
 */
export const POST = withStaff<Params>("appeals", pageOf, async ({ form, params: { id }, viewer: { colleague } }) => {
  const [to, seen] = [Number(form.get("to")), Number(form.get("seen"))];
  const isVersion = Number.isInteger(to) && to >= 1 && to <= seen;
  if (!isVersion) return redirectWithFlashMessage(newsroomAppealPath(id), { refused: "changed" });
  const back = await rollBackAppeal(await database(), {
    id,
    toVersion: to,
    seenVersion: seen,
    ...appealEditorTimeAndActRecorder(colleague),
  });
  return redirectWithFlashMessage(
    newsroomAppealPath(id),
    back.kind === "refused" ? { refused: back.reason } : { said: "changed" },
  );
});
