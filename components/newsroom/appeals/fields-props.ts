import type { Translate } from "@/content/messages";
import type { Fields, FormContext } from "@/domain/appeal/forms/fields";

export type FieldsProps = {
  t: Translate;
  fields: Fields;
  errorOf: (field: string) => string | undefined;
  context: FormContext;
};
