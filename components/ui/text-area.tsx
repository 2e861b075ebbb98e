import type { ComponentProps } from "react";
import { FieldFrame, type FieldLabelHintAndError, formControlAttributes } from "./field-frame";
import { HydrationSafeTextarea } from "./hydration-safe-textarea";

type TextAreaProps = ComponentProps<typeof HydrationSafeTextarea> & FieldLabelHintAndError;

export function TextArea({ id, label, hint, error, ...area }: TextAreaProps) {
  const words = { id, label, hint, error };
  return (
    <FieldFrame {...words}>
      <HydrationSafeTextarea {...area} {...formControlAttributes(words)} />
    </FieldFrame>
  );
}
