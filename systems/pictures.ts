// The articles' pictures: their files, and copies of them in other sizes and formats.
import "server-only";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { articlesFolder } from "./articles/article-files";
import { log, redactError } from "./log";

const TYPES = { avif: "image/avif", webp: "image/webp", jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png" };
/** No part begins with a dot, so no path leads out of the folders. */
const PATH = /^(?:\/[A-Za-z0-9][\w.-]*)+\.(avif|webp|jpe?g|png)$/;

export type PictureFile = { bytes: Buffer; type: string };

/**
 * A picture by its path on this site. Null for any other path, and where there is no such file. Beside the articles is the place of
 * pictures that were added with them (npm run article:add).
 */
export function findPicture(src: string): PictureFile | null {
  const [, ending] = PATH.exec(src) ?? [];
  if (!ending) return null;
  for (const folder of [articlesFolder(), join(process.cwd(), "public")]) {
    const bytes = tryRead(join(folder, src));
    if (bytes) return { bytes, type: TYPES[ending as keyof typeof TYPES] };
  }
  return null;
}

function tryRead(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** The middle of a picture as a data URL. Null if the file is no picture. */
export async function cropToDataAddress(
  { bytes }: PictureFile,
  size: { width: number; height: number },
): Promise<string | null> {
  const cropped = sharp(bytes)
    .resize({ ...size, fit: "cover" })
    .jpeg({ quality: 88 });
  const jpeg = await cropped.toBuffer().catch((error: unknown) => {
    log.error({ error: redactError(error) }, "a picture of an article cannot be read");
    return null;
  });
  return jpeg && `data:image/jpeg;base64,${jpeg.toString("base64")}`;
}

/** Scales a picture and keeps its format. */
export async function scaleToWidth({ bytes, type }: PictureFile, width: number): Promise<Buffer> {
  const small = sharp(bytes).resize({ width });
  // Quality 42 shows no difference to 55 on a screen with two dots a pixel, and has two thirds of its bytes. Effort 2 is fast.
  if (type === "image/avif") small.avif({ quality: 42, effort: 2 });
  return small.toBuffer();
}

export function toJpeg(bytes: ArrayBuffer): Promise<Buffer> {
  return sharp(bytes).jpeg({ quality: 86, mozjpeg: true }).toBuffer();
}
