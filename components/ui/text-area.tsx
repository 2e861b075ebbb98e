// A field of several lines, with its label, hint and error.
import type { ComponentProps } from "react";
import { controlAttributes, FieldFrame, type FieldWords } from "./field-frame";
import { KeptTextarea } from "./kept-textarea";

type TextAreaProps = ComponentProps<typeof KeptTextarea> & FieldWords;

export function TextArea({ id, label, hint, error, ...area }: TextAreaProps) {
  const words = { id, label, hint, error };
  return (
    <FieldFrame {...words}>
      <KeptTextarea {...area} {...controlAttributes(words)} />
    </FieldFrame>
  );
}
