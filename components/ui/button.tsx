import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from "react";

export type ButtonKind = "primary" | "quiet" | "plain";

function classOf(kind: ButtonKind, more: string | undefined): string {
  return ["button", kind === "primary" ? "" : `button-${kind}`, more].filter(Boolean).join(" ");
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { kind?: ButtonKind };

export function Button({ kind = "primary", type = "submit", className, ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={classOf(kind, className)} />;
}

type LinkButtonProps = AnchorHTMLAttributes<HTMLAnchorElement> & { kind?: ButtonKind; href: string };

export function LinkStyledAsButton({ kind = "primary", className, children, ...rest }: LinkButtonProps) {
  return (
    <a {...rest} className={classOf(kind, className)}>
      {children}
    </a>
  );
}
