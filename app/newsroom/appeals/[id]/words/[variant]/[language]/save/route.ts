import { wordsPartName } from "@/domain/appeal/appeal-parts";
import { appealEditPagePath } from "@/systems/appeals/answers";
import { handleAppealPartForm } from "@/systems/appeals/part-pages";
import { withStaff } from "@/systems/auth/with-signed-in-user";

type Params = { id: string; variant: string; language: string };

const pageOf = ({ params: { id, ...named } }: { params: Params }) => appealEditPagePath(id, wordsPartName(named));

export const POST = withStaff<Params>(
  "appeals",
  pageOf,
  async ({ form, params: { id, ...named }, viewer: { colleague } }) => {
    const part = wordsPartName(named);
    return handleAppealPartForm({ id, part, path: appealEditPagePath(id, part), colleague, form });
  },
);
