// Reads a request's body up to a limit. Content-Length alone cannot limit it: a chunked request has none.
import "server-only";
import type { IncomingMessage } from "node:http";

/** Returns null if the body is larger than `maxBytes`. Stops reading at the chunk that exceeds the limit. */
export async function readRequestBody(request: Request, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Returns null if the body is larger than `maxBytes` or the sender disconnects early. Even if the body is too large,
 * the sender can still receive a response.
 */
export function readNodeRequestBody(message: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  if (Number(message.headers["content-length"] ?? 0) > maxBytes) {
    // Reads the rest of the refused body: closing a socket with unread data resets it, and the sender would never see
    // the response.
    message.resume();
    return Promise.resolve(null);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    message.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else resolve(null);
    });
    message.on("end", () => resolve(bytes <= maxBytes ? Buffer.concat(chunks) : null));
    message.on("error", () => resolve(null));
  });
}
