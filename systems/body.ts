// Reads a request's body up to a limit. Content-Length is not enough: a chunked request has none.
import "server-only";
import type { IncomingMessage } from "node:http";

/** Null for a body over `mostBytes`. Reads at most the limit and one chunk. */
export async function readBody(request: Request, mostBytes: number): Promise<Buffer | null> {
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Like readBody, for Node's own request. Returns null also if the sender disconnects early. The connection can still be answered. */
export function readMessage(message: IncomingMessage, mostBytes: number): Promise<Buffer | null> {
  if (Number(message.headers["content-length"] ?? 0) > mostBytes) {
    // Drain the body even though it is refused, for the reason given below.
    message.resume();
    return Promise.resolve(null);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    message.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostBytes) chunks.push(chunk);
      // Keep draining: closing a socket with unread data resets it, and the client never sees our 413.
      else resolve(null);
    });
    message.on("end", () => resolve(bytes <= mostBytes ? Buffer.concat(chunks) : null));
    message.on("error", () => resolve(null));
  });
}
