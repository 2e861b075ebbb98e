// Sends a receipt or statement as a file that no cache may keep. Its name says no more than its address does.
import "server-only";
import { Readable } from "node:stream";

export function sendPdf(pdf: Readable, fileName: string): Response {
  return sendFile(Readable.toWeb(pdf) as ReadableStream<Uint8Array>, { fileName, type: "application/pdf" });
}

export function sendCsv(csv: string, fileName: string): Response {
  return sendFile(csv, { fileName, type: "text/csv; charset=utf-8; header=present" });
}

/** Sends the parts as they come. A failure on the way cuts the connection, so that no browser takes half a table for the whole. */
export function sendCsvInParts(parts: AsyncIterable<Buffer>, fileName: string): Response {
  const body = Readable.toWeb(Readable.from(parts)) as ReadableStream<Uint8Array>;
  return sendFile(body, { fileName, type: "text/csv; charset=utf-8; header=present" });
}

export function sendJson(value: unknown, fileName: string): Response {
  return sendFile(JSON.stringify(value, null, 2), { fileName, type: "application/json" });
}

/** `fileName`: plain ASCII. */
function sendFile(body: BodyInit, { fileName, type }: { fileName: string; type: string }): Response {
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${fileName}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
