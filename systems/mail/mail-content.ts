// The layout of e-mails. They load nothing from a server, and keep the mail program's own background and text colours,
// to be readable in light and dark mode.
import "server-only";
import type { Publication } from "../../domain/publication";
import { type Html, html } from "./html";

export type MailContent = {
  from: string;
  subject: string;
  /** The text that a mailbox shows after the subject. Without it, mail programs show the beginning of the e-mail. */
  preview?: string;
  title: string;
  paragraphs: string[];
  /** A longer text after the paragraphs, such as a letter. `style` returns the CSS for an element by its name. */
  body?: (style: (element: string) => string) => { html: Html; text: string };
  table: { title: string; rows: Row[]; total?: Row } | null;
  /** The first action is the main one. */
  actions: [] | [MailAction] | [MailAction, MailAction];
  foot: MailFooterLine[];
};

type Row = [label: string, value: string];
/** `showsAddress`: if true, the HTML also shows the URL itself, so that a person can read or copy it. */
export type MailAction = { label: string; url: string; showsAddress?: boolean };
export type MailFooterLine = string | { text: string; link: { label: string; url: string } };

export function mailContentAsText({ from, title, paragraphs, body, table, actions, foot }: MailContent): string {
  const blocks = [
    from.toUpperCase(),
    title,
    ...paragraphs,
    ...(body ? [body(() => "").text] : []),
    ...(table ? [tableAsText(table)] : []),
    ...actions.map(({ label, url }) => `${label}:\n${url}`),
    ...(foot.length > 0 ? ["-- ", ...foot.map(footAsText)] : []),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function footAsText(line: MailFooterLine): string {
  return typeof line === "string" ? line : `${line.text} ${line.link.label}\n${line.link.url}`;
}

function tableAsText({ title, rows, total }: NonNullable<MailContent["table"]>): string {
  const all = total ? [...rows, total] : rows;
  const widest = Math.max(...all.map(([label]) => label.length));
  const lines = all.map(([label, value]) => `${label.padEnd(widest)}   ${value}`);
  const rule = "-".repeat(title.length);
  const last = total ? lines.splice(-1).flatMap((line) => [rule, line]) : [];
  return [title, rule, ...lines, ...last].join("\n");
}

const SERIF = "Georgia,'Times New Roman',serif";
const SANS = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
/** The line between rows: a grey that is visible on white and on black. */
const RULE = "1px solid #8c8c8c";
/**
 * Invisible characters that follow the preview text. They fill the preview in a list of e-mails or on a lock screen, so
 * that it shows nothing of the e-mail's text.
 */
const PREVIEW_FILLER = "\u034f\u200c\u00a0".repeat(60);

export function mailContentAsHtml(
  sheet: MailContent,
  { locale, publication }: { locale: string; publication: Publication },
): string {
  const { accent } = publication;
  const column = html`${sheet.preview ? previewAsHtml(sheet.preview) : ""}
    <p style="margin:0 0 30px;padding:0 0 12px;border-bottom:${RULE};font:bold 19px/1.2 ${SERIF};">${sheet.from}</p>
    <h1 style="margin:0 0 16px;font:bold 28px/1.22 ${SERIF};">${sheet.title}</h1>
    ${sheet.paragraphs.map((words) => html`<p style="margin:0 0 16px;font:17px/1.55 ${SERIF};">${onOneLine(words)}</p>`)}
    ${sheet.body ? sheet.body((element) => bodyStyle(element, accent.light)).html : ""}
    ${sheet.table ? tableAsHtml(sheet.table) : ""}
    ${actionsAsHtml(sheet.actions, accent.light)}
    ${sheet.foot.length > 0 ? footBlock(sheet.foot, accent.light) : ""}`;
  return documentOf(column, { title: sheet.subject, locale, accentDark: accent.dark }).html;
}

/**
 * Adds a word joiner, because a line could otherwise break after the ellipsis of a masked e-mail address, such as
 * r…@example.org.
 */
function onOneLine(words: string): string {
  return words.replaceAll("…@", "…\u2060@");
}

function footBlock(foot: MailFooterLine[], accent: string): Html {
  return html`<div style="margin:34px 0 0;padding:16px 0 0;border-top:${RULE};">${foot.map((line) => footAsHtml(line, accent))}
    </div>`;
}

function bodyStyle(element: string, accent: string): string {
  if (element === "h2") return `margin:28px 0 8px;font:bold 20px/1.3 ${SERIF};`;
  if (element === "a") return `color:${accent};`;
  if (element === "blockquote") return `margin:0 0 16px;padding:0 0 0 16px;border-inline-start:${RULE};`;
  return `margin:0 0 16px;font:17px/1.6 ${SERIF};`;
}

function previewAsHtml(words: string): Html {
  return html`<div style="display:none;max-height:0;overflow:hidden;">${words}${PREVIEW_FILLER}</div>`;
}

function tableAsHtml({ title, rows, total }: NonNullable<MailContent["table"]>): Html {
  return html`<h2 style="margin:30px 0 8px;font:bold 18px/1.3 ${SERIF};">${title}</h2>
    <table style="width:100%;border-collapse:collapse;border-top:${RULE};">${rows.map((row) => rowAsHtml(row, "600"))}${
      total ? rowAsHtml(total, "700") : ""
    }
    </table>`;
}

/** `weight`: the font weight of the value. With "700", the label is bold too; the row of the total uses it. */
function rowAsHtml([label, value]: Row, weight: "600" | "700"): Html {
  const cell = `padding:10px 0;border-bottom:${RULE};font:16px/1.4 ${SANS};vertical-align:top;`;
  return html`
      <tr><th scope="row" style="${cell}padding-inline-end:16px;text-align:start;font-weight:${weight === "700" ? "700" : "normal"};">${label}</th><td style="${cell}text-align:end;font-weight:${weight};word-break:break-word;">${value}</td></tr>`;
}

/**
 * Returns the buttons: the first one is filled, the second one is outlined. The first one also has a border, so that
 * both have the same size.
 */
function actionsAsHtml(actions: MailContent["actions"], accent: string): Html[] {
  const shape = `display:inline-block;padding:13px 22px;border:1px solid ${accent};border-radius:3px;font:bold 16px/1.2 ${SANS};text-decoration:none;`;
  return actions.map(({ label, url, showsAddress }, index) => {
    const style = index === 0 ? `${shape}background:${accent};color:#ffffff;` : `${shape}color:${accent};`;
    return html`
    <p style="margin:${index === 0 ? "30px" : "12px"} 0 0;"><a class="${index === 0 ? "first" : "accent"}" href="${url}" style="${style}">${label}</a></p>${
      showsAddress
        ? html`
    <p style="margin:18px 0 0;font:14px/1.5 ${SANS};word-break:break-all;"><a class="accent" href="${url}" style="color:${accent};">${url}</a></p>`
        : ""
    }`;
  });
}

function footAsHtml(line: MailFooterLine, accent: string): Html {
  const words =
    typeof line === "string"
      ? html`${line}`
      : html`${line.text} <a class="accent" href="${line.link.url}" style="color:${accent};">${line.link.label}</a>`;
  return html`
      <p style="margin:0 0 10px;font:14px/1.5 ${SANS};">${words}</p>`;
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
@media (prefers-color-scheme: dark) { a.accent { color: ${accentDark} !important; border-color: ${accentDark} !important; } }
</style>
</head>
<body style="margin:0;padding:0;">
<table role="presentation" style="width:100%;border-collapse:collapse;"><tr><td style="padding:28px 20px 40px;">
<div style="max-width:560px;margin:0 auto;text-align:start;">${column}
</div>
</td></tr></table>
</body>
</html>
`;
}
