// Builds HTML. Every value is escaped, unless it is itself the result of `html`.
import "server-only";

export type Html = { readonly html: string };

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function html(parts: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  return { html: String.raw({ raw: parts }, ...values.map(toHtml)) };
}

function toHtml(value: string | Html | Html[]): string {
  if (typeof value === "string") return value.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
  return Array.isArray(value) ? value.map((one) => one.html).join("") : value.html;
}
