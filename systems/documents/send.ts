// Sends a document as a file. No cache is allowed to store it.
import "server-only";
import { Readable } from "node:stream";

export function sendPdf(pdf: Readable, fileName: string): Response {
  return sendFile(Readable.toWeb(pdf) as ReadableStream<Uint8Array>, { fileName, type: "application/pdf" });
}

export function sendCsv(csv: string, fileName: string): Response {
  return sendFile(csv, { fileName, type: "text/csv; charset=utf-8; header=present" });
}

/**
 * Sends CSV while it is being written. After a failure, breaks the connection. Otherwise a browser would save an
 * incomplete table as if it were complete.
 */
export function sendCsvInParts(parts: AsyncIterable<Buffer>, fileName: string): Response {
  const body = Readable.toWeb(Readable.from(parts)) as ReadableStream<Uint8Array>;
  return sendFile(body, { fileName, type: "text/csv; charset=utf-8; header=present" });
}

export function sendJson(value: unknown, fileName: string): Response {
  return sendFile(JSON.stringify(value, null, 2), { fileName, type: "application/json" });
}

/** `fileName` must be plain ASCII. */
function sendFile(body: BodyInit, { fileName, type }: { fileName: string; type: string }): Response {
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
