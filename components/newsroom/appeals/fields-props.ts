import type { Translate } from "@/content/messages";
import type { Fields, PublicationAndArticles } from "@/domain/appeal/forms/fields";

export type FieldsProps = {
  t: Translate;
  fields: Fields;
  errorOf: (field: string) => string | undefined;
  context: PublicationAndArticles;
};
