// The body of a request, up to a limit. What the request says of its own length is not relied on: a chunked one says nothing.
import "server-only";
import type { IncomingMessage } from "node:http";

/** Null where there is more than `mostBytes`; of that, no more is taken in than the limit and a chunk. */
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

/** The same of Node's own request; null also where the sender left before the end. The connection can still be answered. */
export function readMessage(message: IncomingMessage, mostBytes: number): Promise<Buffer | null> {
  if (Number(message.headers["content-length"] ?? 0) > mostBytes) {
    // As below: what is not read takes the answer with it.
    message.resume();
    return Promise.resolve(null);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    message.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostBytes) chunks.push(chunk);
      // What comes after it is let go by: a connection that is closed on unread bytes takes the answer with it.
      else resolve(null);
    });
    message.on("end", () => resolve(bytes <= mostBytes ? Buffer.concat(chunks) : null));
    message.on("error", () => resolve(null));
  });
}
