import type { ComponentProps } from "react";
import { controlAttributes, FieldFrame, type FieldLabels } from "./field-frame";
import { HydrationSafeTextarea } from "./kept-textarea";

type TextAreaProps = ComponentProps<typeof HydrationSafeTextarea> & FieldLabels;

export function TextArea({ id, label, hint, error, ...area }: TextAreaProps) {
  const words = { id, label, hint, error };
  return (
    <FieldFrame {...words}>
      <HydrationSafeTextarea {...area} {...controlAttributes(words)} />
    </FieldFrame>
  );
}
