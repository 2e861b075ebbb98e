// A letter's Markdown as HTML and as plain text, for mail and for the feed. It draws only the elements that letters use; anything
// else, such as raw HTML, is shown as text. Links to our own pages get the site's address.
import "server-only";
import type { Nodes, Parents } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { type Html, html } from "../mail/html";

export type LetterBody = { html: Html; text: string };
type Drawn = { siteUrl: string; style: (element: string) => string };

const NO_STYLE = () => "";

/** `style`: a style attribute's value for an element, since many mail programs know no stylesheet. */
export function letterBody(
  markdown: string,
  { siteUrl, style = NO_STYLE }: { siteUrl: string; style?: (element: string) => string },
): LetterBody {
  const root = fromMarkdown(markdown);
  const blocks = root.children.map((node) => textBlock(node, siteUrl));
  return { html: all(root, { siteUrl, style }), text: blocks.join("\n\n") };
}

function all({ children }: Parents, drawn: Drawn): Html {
  return html`${children.map((child) => asHtml(child, drawn))}`;
}

function asHtml(node: Nodes, drawn: Drawn): Html {
  switch (node.type) {
    case "paragraph":
      return html`<p${styled("p", drawn)}>${all(node, drawn)}</p>\n`;
    case "heading":
      return html`<h2${styled("h2", drawn)}>${all(node, drawn)}</h2>\n`;
    case "blockquote":
      return html`<blockquote${styled("blockquote", drawn)}>${all(node, drawn)}</blockquote>\n`;
    case "list":
      return node.ordered
        ? html`<ol${styled("ol", drawn)}>${all(node, drawn)}</ol>\n`
        : html`<ul${styled("ul", drawn)}>${all(node, drawn)}</ul>\n`;
    case "listItem":
      return html`<li>${node.children.map((child) => inItem(child, drawn, node.spread === true))}</li>\n`;
    case "strong":
      return html`<strong>${all(node, drawn)}</strong>`;
    case "emphasis":
      return html`<em>${all(node, drawn)}</em>`;
    case "link": {
      const address = addressOf(node.url, drawn.siteUrl);
      return address
        ? html`<a class="accent" href="${address}"${styled("a", drawn)}>${all(node, drawn)}</a>`
        : all(node, drawn);
    }
    case "break":
      return html`<br>`;
    case "thematicBreak":
      return html`<hr>\n`;
    default:
      return html`${textOf(node)}`;
  }
}

/** Draws a block inside a list item. A list without blank lines between its items gets no paragraphs. */
function inItem(node: Nodes, drawn: Drawn, isSpread: boolean): Html {
  return node.type === "paragraph" && !isSpread ? all(node, drawn) : asHtml(node, drawn);
}

function styled(element: string, { style }: Drawn): Html | string {
  const value = style(element);
  return value ? html` style="${value}"` : "";
}

/** A block as text, with the addresses of its links below, each on its own line so that no full stop becomes part of it. */
function textBlock(node: Nodes, siteUrl: string): string {
  const words = textOf(node);
  return [words, ...linksIn(node).flatMap((url) => addressOf(url, siteUrl) ?? [])].join("\n");
}

function textOf(node: Nodes): string {
  if (node.type === "break") return "\n";
  if (node.type === "thematicBreak") return "* * *";
  if (node.type === "image") return node.alt ?? "";
  if (node.type === "list") return node.children.map((item) => `- ${textOf(item)}`).join("\n");
  if ("children" in node) return node.children.map(textOf).join(node.type === "blockquote" ? "\n\n" : "");
  return "value" in node ? node.value : "";
}

function linksIn(node: Nodes): string[] {
  if (node.type === "link") return [node.url];
  return "children" in node ? node.children.flatMap(linksIn) : [];
}

/** Null for an address that is neither a web page nor a mailbox. */
function addressOf(url: string, siteUrl: string): string | null {
  if (/^\/(?!\/)/.test(url)) return siteUrl + url;
  return /^(https?:\/\/|mailto:)/i.test(url) ? url : null;
}
