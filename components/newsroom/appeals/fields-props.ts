import type { Translate } from "@/content/messages";
import type { PublicationAndArticles, TextByFormField } from "@/domain/appeal/forms/fields";

export type AppealFieldsProps = {
  t: Translate;
  fields: TextByFormField;
  errorOf: (field: string) => string | undefined;
  context: PublicationAndArticles;
};
