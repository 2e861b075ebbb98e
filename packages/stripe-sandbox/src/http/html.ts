export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | null | undefined | false | Part[];

export function html(strings: TemplateStringsArray, ...values: Part[]): Html {
  return new Html(strings.map((text, index) => text + render(values[index])).join(""));
}

function render(part: Part): string {
  if (part === undefined || part === null || part === false) return "";
  if (part instanceof Html) return part.text;
  return Array.isArray(part) ? part.map(render).join("") : escaped(String(part));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

export type HtmlPageOptions = {
  lang: string;
  title: string;
  /** Other origins to which the page's forms can redirect. */
  formOrigins?: string[];
  direction?: "ltr" | "rtl";
  style?: string;
  script?: string;
  /** True if other sites can show the page in a frame, as for embedded Checkout. */
  mayBeFramed?: boolean;
};

export function htmlReply(status: number, body: Html, options: HtmlPageOptions) {
  const { lang, title, formOrigins = [], direction = "ltr", style, script, mayBeFramed = false } = options;
  const page = html`<!doctype html>
<html lang="${lang}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/page.css">
${style && html`<link rel="stylesheet" href="${style}">`}
${script && html`<script src="${script}" defer></script>`}
</head>
<body>${body}</body>
</html>
`;
  const forms = ["'self'", ...formOrigins].join(" ");
  const scripts = script ? " script-src 'self';" : "";
  const frames = mayBeFramed ? "http: https:" : "'none'";
  const policy = `default-src 'none';${scripts} style-src 'self'; img-src 'self' data:; form-action ${forms}; base-uri 'none'; frame-ancestors ${frames}`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
  };
  // In another site's frame, browsers ignore autofocus and log an error. There the page's script sets the focus.
  return { status, headers, body: mayBeFramed ? page.text.replaceAll(" autofocus>", " data-focus>") : page.text };
}
