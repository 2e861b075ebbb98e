// Copies a page as it is sent over the network, with its headers and its compressed bytes.
import { get, type IncomingMessage } from "node:http";

export type ContentCoding = "br" | "gzip" | "identity";
export type EncodedPageResponse = { coding: ContentCoding; headers: [name: string, value: string][]; body: Buffer };

/** Headers that a copy leaves out, because every server sets them itself. */
const OF_THE_CONNECTION = /^(?:connection|keep-alive|transfer-encoding|date)$/i;

/** Requests the page with this coding. Uses node:http, because fetch() would decompress the bytes. */
export function copyPage(url: string, coding: ContentCoding): Promise<EncodedPageResponse> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": coding } }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      if (response.statusCode !== 200) reject(new Error(`${url} answers ${response.statusCode}`));
      resolve({ coding, headers: headersOf(response), body: Buffer.concat(chunks) });
    }).on("error", reject);
  });
}

function headersOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const pairs = rawHeaders.flatMap((name, i): [string, string][] => (i % 2 ? [] : [[name, rawHeaders[i + 1] ?? ""]]));
  return pairs.filter(([name]) => !OF_THE_CONNECTION.test(name));
}
