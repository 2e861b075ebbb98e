import { unscheduleAppeal } from "@/domain/appeal/end-appeal";
import { appealPath, contextForAppealEdit, redirectWithFlashMessage } from "@/systems/appeals/answers";
import { withStaff } from "@/systems/auth/with-signed-in-user";
import { database } from "@/systems/database";

type Params = { id: string };

const pageOf = ({ params: { id } }: { params: Params }) => appealPath(id);

export const POST = withStaff<Params>("appeals", pageOf, async ({ params: { id }, viewer: { colleague } }) => {
  const changed = await unscheduleAppeal(await database(), { id, ...contextForAppealEdit(colleague) });
  return redirectWithFlashMessage(
    appealPath(id),
    changed.kind === "refused" ? { refused: changed.reason } : { said: "changed" },
  );
});
