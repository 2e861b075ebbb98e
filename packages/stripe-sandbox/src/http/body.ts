import type { IncomingMessage } from "node:http";
import { invalidRequest, SimulatedStripeError } from "./errors";

const MAX_FORM_BYTES = 1_000_000;

export async function readBody(request: IncomingMessage): Promise<string> {
  return decodeUtf8(await readBytes(request, MAX_FORM_BYTES));
}

export async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Reads and drops the rest of a body that is too large: closing a connection with unread data can lose the answer.
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) throw new SimulatedStripeError({ status: 413, message: "Request body is too large." });
  return Buffer.concat(chunks);
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidRequest("Invalid request: the body is not valid UTF-8.");
  }
}
