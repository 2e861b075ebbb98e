// Generates each picture only once: stores it under a hash of everything from which it is made. A build generates the
// pictures of all articles that exist at that time (tools/build/generate-pictures.ts).
import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LRUCache } from "lru-cache";
import { log, redactError } from "./log";
import { Mutex } from "./mutex";

/** `tag`: an ETag, which changes with the bytes. */
export type GeneratedPicture = { bytes: Buffer; tag: string };

/** `ingredients`: everything that determines the pixels of the picture. */
type PictureRecipe = { kind: string; ingredients: (string | Uint8Array)[]; render: () => Promise<Buffer> };

const MAX_BYTES = 32 * 1024 * 1024;
const cache = new LRUCache<string, GeneratedPicture>({
  maxSize: MAX_BYTES,
  sizeCalculation: ({ bytes }) => Math.max(bytes.length, 1),
});
const inProgress = new Map<string, Promise<GeneratedPicture>>();
/**
 * Allows only one picture to be generated at a time. Each one occupies a whole processor, and other requests need the
 * remaining processors.
 */
const mutex = new Mutex();

export async function generateOnce({ kind, ingredients, render }: PictureRecipe): Promise<GeneratedPicture> {
  const recipe = hashOf(kind, ingredients);
  const cached = cache.get(recipe);
  if (cached) return cached;
  const own = inProgress.get(recipe) ?? readOrGenerate(recipe, render).finally(() => inProgress.delete(recipe));
  inProgress.set(recipe, own);
  return own;
}

async function readOrGenerate(recipe: string, render: () => Promise<Buffer>): Promise<GeneratedPicture> {
  const stored = await readFile(pathOf(recipe)).catch(() => null);
  return stored ? keep(recipe, stored) : generate(recipe, render);
}

async function generate(recipe: string, render: () => Promise<Buffer>): Promise<GeneratedPicture> {
  const release = await mutex.lock();
  try {
    const bytes = await render();
    await writePicture(recipe, bytes);
    return keep(recipe, bytes);
  } finally {
    release();
  }
}

function keep(recipe: string, bytes: Buffer): GeneratedPicture {
  const picture = { bytes, tag: hashOf("bytes", [bytes]) };
  cache.set(recipe, picture);
  return picture;
}

/**
 * Returns a hash of all parts and of the length of each. Without the lengths, the same text with another boundary
 * between two parts would have the same hash.
 */
function hashOf(kind: string, ingredients: (string | Uint8Array)[]): string {
  const hash = createHash("sha256").update(kind);
  for (const part of ingredients) hash.update(`\0${part.length}\0`).update(part);
  return hash.digest("base64url").slice(0, 27);
}

/** Pictures are stored in the folder of the current build, because another build could draw them differently. */
function pathOf(recipe: string): string {
  return join(process.cwd(), ".next/pictures", recipe);
}

/** Writes the picture to a file. Does not throw: if the folder is read-only, the picture stays only in memory. */
async function writePicture(recipe: string, bytes: Buffer): Promise<void> {
  const path = pathOf(recipe);
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    log.debug({ error: redactError(error) }, "a generated picture could not be stored");
  }
}
