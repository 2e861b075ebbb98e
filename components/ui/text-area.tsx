import type { ComponentProps } from "react";
import { controlAttributes, FieldFrame, type FieldLabels } from "./field-frame";
import { InputPreservingTextarea } from "./kept-textarea";

type TextAreaProps = ComponentProps<typeof InputPreservingTextarea> & FieldLabels;

export function TextArea({ id, label, hint, error, ...area }: TextAreaProps) {
  const words = { id, label, hint, error };
  return (
    <FieldFrame {...words}>
      <InputPreservingTextarea {...area} {...controlAttributes(words)} />
    </FieldFrame>
  );
}
