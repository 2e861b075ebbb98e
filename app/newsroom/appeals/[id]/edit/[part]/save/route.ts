import { appealEditPagePath } from "@/systems/appeals/answers";
import { handleAppealPartForm } from "@/systems/appeals/part-pages";
import { withStaff } from "@/systems/auth/with-signed-in-user";

type Params = { id: string; part: string };

const pageOf = ({ params: { id, part } }: { params: Params }) => appealEditPagePath(id, part);

export const POST = withStaff<Params>(
  "appeals",
  pageOf,
  async ({ form, params: { id, part }, viewer: { colleague } }) =>
    handleAppealPartForm({ id, part, path: appealEditPagePath(id, part), colleague, form }),
);
