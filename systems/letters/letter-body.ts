// Renders a letter's Markdown as HTML and as text. Shows raw HTML and all unsupported elements as text. Makes links to
// the site's own pages absolute. Removes any other link, unless it leads to a web page or a mailbox.
import "server-only";
import type { List, Nodes, Parents } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { type Html, html } from "../mail/html";

export type LetterBody = { html: Html; text: string };
type Rendering = { siteUrl: string; style: (element: string) => string };

const NO_STYLE = () => "";

export function renderLetterBody(
  markdown: string,
  { siteUrl, style = NO_STYLE }: { siteUrl: string; style?: (element: string) => string },
): LetterBody {
  const root = fromMarkdown(markdown);
  const blocks = root.children.map((node) => textBlock(node, siteUrl));
  return { html: all(root, { siteUrl, style }), text: blocks.join("\n\n") };
}

function all({ children }: Parents, rendering: Rendering): Html {
  return html`${children.map((child) => asHtml(child, rendering))}`;
}

function asHtml(node: Nodes, rendering: Rendering): Html {
  switch (node.type) {
    case "paragraph":
      return html`<p${styled("p", rendering)}>${all(node, rendering)}</p>\n`;
    case "heading":
      return html`<h2${styled("h2", rendering)}>${all(node, rendering)}</h2>\n`;
    case "blockquote":
      return html`<blockquote${styled("blockquote", rendering)}>${all(node, rendering)}</blockquote>\n`;
    case "list":
      return node.ordered
        ? html`<ol${styled("ol", rendering)}>${itemsOf(node, rendering)}</ol>\n`
        : html`<ul${styled("ul", rendering)}>${itemsOf(node, rendering)}</ul>\n`;
    case "strong":
      return html`<strong>${all(node, rendering)}</strong>`;
    case "emphasis":
      return html`<em>${all(node, rendering)}</em>`;
    case "link": {
      const href = absoluteUrl(node.url, rendering.siteUrl);
      return href
        ? html`<a class="accent" href="${href}"${styled("a", rendering)}>${all(node, rendering)}</a>`
        : all(node, rendering);
    }
    case "break":
      return html`<br>`;
    case "thematicBreak":
      return html`<hr>\n`;
    default:
      return html`${textOf(node)}`;
  }
}

/**
 * Renders the items of a list. Follows CommonMark: paragraphs in the items get a <p> only in a list with a blank line.
 * The line can be between two items or inside one.
 */
function itemsOf(list: List, rendering: Rendering): Html {
  const isLoose = list.spread === true || list.children.some(({ spread }) => spread === true);
  const inItem = (node: Nodes) =>
    node.type === "paragraph" && !isLoose ? all(node, rendering) : asHtml(node, rendering);
  return html`${list.children.map((item) => html`<li>${item.children.map(inItem)}</li>\n`)}`;
}

function styled(element: string, { style }: Rendering): Html | string {
  const value = style(element);
  return value ? html` style="${value}"` : "";
}

/**
 * Returns a block as text, with the URLs of its links below it. Each URL has its own line, so that no full stop becomes
 * part of it.
 */
function textBlock(node: Nodes, siteUrl: string): string {
  const words = textOf(node);
  return [words, ...linksIn(node).flatMap((url) => absoluteUrl(url, siteUrl) ?? [])].join("\n");
}

function textOf(node: Nodes): string {
  if (node.type === "break") return "\n";
  if (node.type === "thematicBreak") return "* * *";
  if (node.type === "image") return node.alt ?? "";
  if (node.type === "list") return node.children.map((item) => `- ${indented(textOf(item))}`).join("\n");
  if ("children" in node) return node.children.map(textOf).join(BETWEEN_PARTS[node.type] ?? "");
  return "value" in node ? node.value : "";
}

/** For blocks that contain other blocks: the separator between these blocks in the text form of the letter. */
const BETWEEN_PARTS: Partial<Record<Nodes["type"], string>> = { blockquote: "\n\n", listItem: "\n" };

function indented(text: string): string {
  return text.replaceAll("\n", "\n  ");
}

function linksIn(node: Nodes): string[] {
  if (node.type === "link") return [node.url];
  return "children" in node ? node.children.flatMap(linksIn) : [];
}

/**
 * Returns the link's URL in absolute form. Returns null if the link leads neither to a web page nor to an e-mail
 * address.
 */
function absoluteUrl(url: string, siteUrl: string): string | null {
  if (/^\/(?!\/)/.test(url)) return siteUrl + url;
  return /^(https?:\/\/|mailto:)/i.test(url) ? url : null;
}
