import type { InputHTMLAttributes, ReactNode } from "react";
import { FieldFrame, type FieldLabelHintAndError, formControlAttributes } from "./field-frame";

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, "prefix"> &
  FieldLabelHintAndError & {
    /** A sign before the input, such as `$`. Screen readers skip it, so the label must contain it as well. */
    prefix?: ReactNode;
    /** True to render the element for the error even if there is no error, so that a script can fill it later. */
    rendersEmptyError?: boolean;
  };

export function EmailField(field: Omit<FieldProps, "type">) {
  return (
    <Field
      type="email"
      autoComplete="email"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={254}
      required
      {...field}
    />
  );
}

export function Field({ id, label, hint, error, prefix, rendersEmptyError = false, ...input }: FieldProps) {
  const words = { id, label, hint, error, rendersEmptyError };
  return (
    <FieldFrame {...words}>
      {prefix ? (
        <span className="field-prefix" aria-hidden="true">
          {prefix}
        </span>
      ) : null}
      <input {...input} {...formControlAttributes(words)} />
    </FieldFrame>
  );
}
