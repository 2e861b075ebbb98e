// Reads a form with files. All files together may have `maxTotalFileBytes`. A file that exceeds this is dropped as it
// arrives, so memory use is limited, and the form's texts are not lost.
import "server-only";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";

/** `bytes` is null if the file was dropped: with the files accepted before it, it exceeded `maxTotalFileBytes`. */
export type UploadedFormFile = { bytes: Buffer | null };
export type UploadForm = { form: URLSearchParams; files: ReadonlyMap<string, UploadedFormFile> };

export type UploadSizeLimits = { maxTotalTextBytes: number; maxTotalFileBytes: number };

/** The most parts of a form. No form of this site has more. */
const MAX_PARTS = 60;

/**
 * Returns the form. Null if the body is no form, exceeds a limit for texts or parts, or has a name twice. Leaves out
 * file fields without a chosen file.
 */
export async function readUploadForm(request: Request, limits: UploadSizeLimits): Promise<UploadForm | null> {
  const type = request.headers.get("content-type") ?? "";
  if (!request.body) return null;
  const body = Readable.fromWeb(request.body as ReadableStream);
  try {
    return await parse(body, { "content-type": type }, limits);
  } catch {
    return null;
  } finally {
    body.destroy();
  }
}

function parse(body: Readable, headers: BusboyHeaders, limits: UploadSizeLimits): Promise<UploadForm> {
  const { maxTotalTextBytes, maxTotalFileBytes } = limits;
  const busboy = Busboy({ headers, limits: { fieldSize: maxTotalTextBytes, parts: MAX_PARTS, fields: MAX_PARTS } });
  const form = new URLSearchParams();
  const files = new Map<string, UploadedFormFile>();
  let [textLeft, fileLeft] = [maxTotalTextBytes, maxTotalFileBytes];
  return new Promise((resolve, reject) => {
    const refuse = (why: string) => reject(new Error(why));
    busboy.on("field", (name, text, nameCut, textCut) => {
      textLeft -= Buffer.byteLength(text);
      if (nameCut || textCut || textLeft < 0) return refuse("its texts are too long");
      // A name that occurs twice is refused, as in other forms, because one of its values would be ignored unnoticed.
      if (form.has(name)) return refuse("a name came twice");
      form.append(name, text);
    });
    // The file's name is not read, because it can identify a person.
    busboy.on("file", (name, file) => {
      if (files.has(name)) refuse("a name came twice");
      const chunks: Buffer[] = [];
      let isKept = true;
      file.on("data", (chunk: Buffer) => {
        if (!isKept) return;
        chunks.push(chunk);
        fileLeft -= chunk.length;
        if (fileLeft >= 0) return;
        // Drops this file, because all files together are larger than the limit. Its bytes no longer count, so a later
        // file can still be accepted.
        fileLeft += sizeOf(chunks);
        [isKept, chunks.length] = [false, 0];
      });
      file.on("error", reject);
      file.on("end", () => {
        const bytes = Buffer.concat(chunks);
        if (!isKept || bytes.length > 0) files.set(name, { bytes: isKept ? bytes : null });
      });
    });
    for (const limit of ["partsLimit", "fieldsLimit"] as const) busboy.on(limit, () => refuse("too many fields"));
    busboy.on("finish", () => resolve({ form, files }));
    busboy.on("error", reject);
    body.on("error", reject);
    body.pipe(busboy);
  });
}

function sizeOf(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}
