// A checkbox with its label beside it, which may have several lines. The whole label can be pressed.
import type { InputHTMLAttributes, ReactNode } from "react";

type CheckBoxProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "children"> & { children: ReactNode };

export function CheckBox({ className, children, ...input }: CheckBoxProps) {
  return (
    <label className={className ? `check-box ${className}` : "check-box"}>
      <input type="checkbox" {...input} />
      {children}
    </label>
  );
}
