// The layout of every mail: text only, no pictures, no remote content. It uses the mail program's own colours, so that it works
// in light and in dark mode.
import "server-only";
import type { Publication } from "../../domain/publication";
import { type Html, html } from "./html";

export type Sheet = {
  from: string;
  subject: string;
  title: string;
  paragraphs: string[];
  facts: { title: string; rows: [label: string, value: string][] } | null;
  action: { label: string; url: string };
  small: string[];
};

export function sheetAsText({ from, title, paragraphs, facts, action, small }: Sheet): string {
  const widest = Math.max(0, ...(facts?.rows ?? []).map(([label]) => label.length));
  const rows = facts?.rows.map(([label, value]) => `${label.padEnd(widest)}   ${value}`) ?? [];
  const blocks = [
    from.toUpperCase(),
    title,
    ...paragraphs,
    facts ? [facts.title, "-".repeat(facts.title.length), ...rows].join("\n") : null,
    `${action.label}:\n${action.url}`,
    ...small,
  ];
  return `${blocks.filter((block) => block !== null).join("\n\n")}\n`;
}

const SERIF = "Georgia,'Times New Roman',serif";
const SANS = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
/** A grey that is visible on white and on black. */
const RULE = "1px solid #8c8c8c";

export function sheetAsHtml(
  sheet: Sheet,
  { locale, publication }: { locale: string; publication: Publication },
): string {
  const { accent } = publication;
  const column = html`
    <p style="margin:0 0 28px;padding:0 0 10px;border-bottom:${RULE};font:bold 20px/1.2 ${SERIF};">${sheet.from}</p>
    <h1 style="margin:0 0 16px;font:bold 28px/1.2 ${SERIF};">${sheet.title}</h1>
    ${sheet.paragraphs.map((words) => html`<p style="margin:0 0 16px;font:17px/1.55 ${SERIF};">${words}</p>`)}
    ${sheet.facts ? factsAsHtml(sheet.facts) : ""}
    <p style="margin:28px 0;">
      <a class="action" href="${sheet.action.url}" style="display:inline-block;padding:13px 22px;border-radius:2px;background:${accent.light};color:#ffffff;font:bold 16px/1.2 ${SANS};text-decoration:none;">${sheet.action.label}</a>
    </p>
    <p style="margin:0 0 20px;font:14px/1.5 ${SANS};word-break:break-all;"><a class="address" href="${sheet.action.url}" style="color:${accent.light};">${sheet.action.url}</a></p>
    ${sheet.small.map((words) => html`<p style="margin:0 0 10px;font:14px/1.5 ${SANS};">${words}</p>`)}`;
  return documentOf(column, { title: sheet.subject, locale, accentDark: accent.dark }).html;
}

function factsAsHtml({ title, rows }: NonNullable<Sheet["facts"]>): Html {
  const cell = `padding:9px 0;border-bottom:${RULE};font:16px/1.4 ${SANS};text-align:start;vertical-align:top;`;
  return html`<h2 style="margin:28px 0 6px;font:bold 18px/1.3 ${SERIF};">${title}</h2>
    <table style="width:100%;border-collapse:collapse;border-top:${RULE};">${rows.map(
      ([label, value]) => html`
      <tr><th scope="row" style="${cell}padding-inline-end:16px;font-weight:normal;">${label}</th><td style="${cell}font-weight:600;word-break:break-word;">${value}</td></tr>`,
    )}
    </table>`;
}

function documentOf(
  column: Html,
  { title, locale, accentDark }: { title: string; locale: string; accentDark: string },
) {
  return html`<!doctype html>
<html lang="${locale}" dir="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) { a.address { color: ${accentDark} !important; } }
</style>
</head>
<body style="margin:0;padding:0;">
<table role="presentation" style="width:100%;border-collapse:collapse;"><tr><td style="padding:28px 20px;">
<div style="max-width:560px;margin:0 auto;text-align:start;">${column}
</div>
</td></tr></table>
</body>
</html>
`;
}
