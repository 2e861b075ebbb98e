// A field of several lines, with its label, hint and error.
import type { TextareaHTMLAttributes } from "react";
import { controlAttributes, FieldFrame, type FieldWords } from "./field-frame";

type TextAreaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & FieldWords;

export function TextArea({ id, label, hint, error, ...area }: TextAreaProps) {
  const words = { id, label, hint, error };
  return (
    <FieldFrame {...words}>
      <textarea {...area} {...controlAttributes(words)} />
    </FieldFrame>
  );
}
