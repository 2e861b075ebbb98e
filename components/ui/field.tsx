// One input with its label, hint and error, tied together so that a screen reader reads all of them.
import type { InputHTMLAttributes, ReactNode } from "react";

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, "prefix"> & {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** A sign before the input, such as a currency's. Screen readers skip it, so the label must say it too. */
  prefix?: ReactNode;
  /** Draws an empty place for the error, which a script can fill. */
  keepsErrorPlace?: boolean;
};

/** A required field for one e-mail address: the keyboard, autofill and length that fit it. */
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

export function Field({ id, label, hint, error, prefix, keepsErrorPlace = false, ...input }: FieldProps) {
  const described = [error || keepsErrorPlace ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {hint ? (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      <div className="field-box">
        {prefix ? (
          <span className="field-prefix" aria-hidden="true">
            {prefix}
          </span>
        ) : null}
        <input
          {...input}
          id={id}
          className="field-input"
          aria-describedby={described || undefined}
          aria-invalid={error ? true : undefined}
        />
      </div>
      {error || keepsErrorPlace ? (
        <p className="field-error" id={`${id}-error`} hidden={!error}>
          {error}
        </p>
      ) : null}
    </div>
  );
}
