import type { ComponentProps } from "react";
import { FieldFrame, type FieldLabelHintAndError, formControlAttributes } from "./field-frame";
import { TextareaKeepingTypedText } from "./kept-textarea";

type TextAreaProps = ComponentProps<typeof TextareaKeepingTypedText> & FieldLabelHintAndError;

export function TextArea({ id, label, hint, error, ...area }: TextAreaProps) {
  const words = { id, label, hint, error };
  return (
    <FieldFrame {...words}>
      <TextareaKeepingTypedText {...area} {...formControlAttributes(words)} />
    </FieldFrame>
  );
}
