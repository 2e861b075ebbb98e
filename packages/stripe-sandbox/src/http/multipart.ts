// Reads multipart bodies. In the parameters, an uploaded file is a map with the hash of its content. So a second call
// with the same idempotency key is accepted only if its file has the same content. The bytes are stored elsewhere, so
// that no parameter can overwrite them.
import { createHash } from "node:crypto";
import { invalidRequest } from "./errors";
import { emptyForm, type FormMap, type FormValue } from "./form";
import type { ParamReader } from "./params";

export type UploadedFile = {
  filename: string;
  bytes: Buffer;
};

const UPLOADS = new WeakMap<FormMap, UploadedFile>();

export function isMultipart(contentType: string): boolean {
  return /^multipart\/form-data\b/i.test(contentType);
}

/** Returns the files, and the other parameters as `text`, encoded like a plain form. */
export async function parseMultipart(
  body: Buffer,
  contentType: string,
): Promise<{ text: string; files: [name: string, FormMap][] }> {
  const parts = await partsOf(body, contentType);
  const text = new URLSearchParams();
  const files: [string, FormMap][] = [];
  for (const [name, value] of parts) {
    if (typeof value === "string") text.append(name, value);
    else files.push([name, uploadOf({ filename: value.name, bytes: Buffer.from(await value.arrayBuffer()) })]);
  }
  return { text: text.toString(), files };
}

async function partsOf(body: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
  } catch {
    throw invalidRequest("Invalid request: the body is not valid multipart/form-data.");
  }
}

function uploadOf(upload: UploadedFile): FormMap {
  const map = emptyForm();
  map.filename = upload.filename;
  map.sha256 = createHash("sha256").update(upload.bytes).digest("hex");
  UPLOADS.set(map, upload);
  return map;
}

export function uploadedFileParam(): ParamReader<UploadedFile | undefined> {
  return {
    read(value: FormValue | undefined, at) {
      if (value === undefined) return undefined;
      const found = typeof value === "object" && !Array.isArray(value) ? UPLOADS.get(value) : undefined;
      if (!found) throw invalidRequest("Invalid hash", { param: at });
      return found;
    },
  };
}
