import { addVariant, removeVariant } from "@/domain/appeal/edit-variants";
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
 * Adds or removes a variant. `add`: the existing variant whose words the new one copies. `remove`: the variant to
 * remove.
 */
export const POST = withStaff<Params>("appeals", pageOf, async ({ form, params: { id }, viewer: { colleague } }) => {
  const [db, pressed] = [await database(), { id, ...appealEditorTimeAndActRecorder(colleague) }];
  const [from, variant] = [form.get("add"), form.get("remove")];
  const saved = from
    ? await addVariant(db, { ...pressed, from })
    : await removeVariant(db, { ...pressed, variant: variant ?? "" });
  const says = saved.kind === "refused" ? { refused: saved.reason } : { said: "saved", number: saved.number };
  return redirectWithFlashMessage(newsroomAppealPath(id), says);
});
