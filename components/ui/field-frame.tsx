// Label, hint and error are linked, so that a screen reader reads all of them.
import type { ReactNode } from "react";

export type FieldLabelHintAndError = { id: string; label: ReactNode; hint?: ReactNode; error?: ReactNode };

type FieldFrameProps = FieldLabelHintAndError & {
  /** True to render the element for the error even if there is no error, so that a script can fill it later. */
  rendersEmptyError?: boolean;
  /** Needs the attributes that `formControlAttributes` returns. */
  children: ReactNode;
};

export function FieldFrame({ id, label, hint, error, rendersEmptyError = false, children }: FieldFrameProps) {
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
      <div className="field-box">{children}</div>
      {error || rendersEmptyError ? (
        <p className="field-error" id={`${id}-error`} hidden={!error}>
          {error}
        </p>
      ) : null}
    </div>
  );
}

export function formControlAttributes({
  id,
  hint,
  error,
  rendersEmptyError = false,
}: Omit<FieldFrameProps, "children">) {
  const described = [error || rendersEmptyError ? `${id}-error` : "", hint ? `${id}-hint` : ""]
    .filter(Boolean)
    .join(" ");
  return {
    id,
    className: "field-input",
    "aria-describedby": described || undefined,
    "aria-invalid": error ? true : undefined,
  };
}
