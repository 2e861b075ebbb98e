import { withdrawScheduledAppeal } from "@/domain/appeal/end-appeal";
import {
  appealEditorTimeAndActRecorder,
  newsroomAppealPath,
  redirectWithFlashMessage,
} from "@/systems/appeals/answers";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";

type Params = { id: string };

const pageOf = ({ params: { id } }: { params: Params }) => newsroomAppealPath(id);

export const POST = withStaff<Params>("appeals", pageOf, async ({ params: { id }, viewer: { colleague } }) => {
  const changed = await withdrawScheduledAppeal(await database(), { id, ...appealEditorTimeAndActRecorder(colleague) });
  return redirectWithFlashMessage(
    newsroomAppealPath(id),
    changed.kind === "refused" ? { refused: changed.reason } : { said: "changed" },
  );
});
