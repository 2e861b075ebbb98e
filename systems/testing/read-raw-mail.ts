// Reads a mail as it came over SMTP, for tests.

export type RawMail = { headers: Map<string, string>; to: string; subject: string; text: string };

/** The plain text part, decoded. Headers by their name in small letters, unfolded. */
export function readRawMail(raw: string): RawMail {
  const [head = "", ...rest] = raw.split("\r\n\r\n");
  const lines = head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
  );
  const body = rest.join("\r\n\r\n");
  const [, partHead = "", part = ""] = /(Content-Type: text\/plain[\s\S]*?)\r\n\r\n([\s\S]*?)\r\n----/.exec(body) ?? [];
  const text = /base64/i.test(partHead) ? Buffer.from(part, "base64").toString("utf8") : quotedPrintable(part);
  return {
    headers,
    to: headers.get("to") ?? "",
    subject: headers.get("subject") ?? "",
    text: text.replaceAll("\r\n", "\n"),
  };
}

/** The first link in a mail whose path begins like this. Throws if there is none. */
export function linkIn(mail: RawMail, path: string): URL {
  const found = mail.text.match(/https?:\/\/\S+/g)?.find((link) => new URL(link).pathname.startsWith(path));
  if (!found) throw new Error(`no link to ${path} in "${mail.subject}"`);
  return new URL(found);
}

function quotedPrintable(part: string): string {
  const bytes = part
    .replaceAll(/=\r\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
