// The label, hint and error of a form control, linked so that a screen reader reads all of them.
import type { ReactNode } from "react";

export type FieldLabels = { id: string; label: ReactNode; hint?: ReactNode; error?: ReactNode };

type FieldFrameProps = FieldLabels & {
  /** Renders an empty element for the error, which a script can fill. */
  keepsErrorPlace?: boolean;
  /** The control. It needs the attributes of `controlAttributes`. */
  children: ReactNode;
};

export function FieldFrame({ id, label, hint, error, keepsErrorPlace = false, children }: FieldFrameProps) {
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
      {error || keepsErrorPlace ? (
        <p className="field-error" id={`${id}-error`} hidden={!error}>
          {error}
        </p>
      ) : null}
    </div>
  );
}

/** Returns the attributes that link a control to its label, hint and error. */
export function controlAttributes({ id, hint, error, keepsErrorPlace = false }: Omit<FieldFrameProps, "children">) {
  const described = [error || keepsErrorPlace ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return {
    id,
    className: "field-input",
    "aria-describedby": described || undefined,
    "aria-invalid": error ? true : undefined,
  };
}
