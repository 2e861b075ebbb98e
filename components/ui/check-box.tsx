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
