export type ParsedMail = { headers: Map<string, string>; to: string; subject: string; text: string; html: string };

/** Returns the decoded e-mail, with the unfolded headers by lower-case name. */
export function parseRawMail(raw: string): ParsedMail {
  const [head = "", ...rest] = raw.split("\r\n\r\n");
  const lines = head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
  );
  const [, boundary = ""] = /boundary="([^"]+)"/.exec(headers.get("content-type") ?? "") ?? [];
  const parts = rest.join("\r\n\r\n").split(`--${boundary}`);
  return {
    headers,
    to: headers.get("to") ?? "",
    subject: headers.get("subject") ?? "",
    text: partOf(parts, "text/plain"),
    html: partOf(parts, "text/html"),
  };
}

/** Returns the first link whose path begins with `path`. Throws if there is none. */
export function getLinkInMail(mail: ParsedMail, path: string): URL {
  const found = mail.text.match(/https?:\/\/\S+/g)?.find((link) => new URL(link).pathname.startsWith(path));
  if (!found) throw new Error(`no link to ${path} in "${mail.subject}"`);
  return new URL(found);
}

function partOf(parts: readonly string[], type: string): string {
  const part = parts.find((one) => one.includes(`Content-Type: ${type}`)) ?? "";
  const start = part.indexOf("\r\n\r\n");
  if (start < 0) return "";
  const [head, coded] = [part.slice(0, start), part.slice(start + 4).replace(/\r\n$/, "")];
  const text = /base64/i.test(head) ? Buffer.from(coded, "base64").toString("utf8") : quotedPrintable(coded);
  return text.replaceAll("\r\n", "\n");
}

function quotedPrintable(part: string): string {
  const bytes = part
    .replaceAll(/=\r\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
