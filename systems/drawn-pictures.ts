// Keeps each derived picture by a hash of all that it is made of, so that it is made only once. A build makes those of the articles that
// it finds (tools/build/draw-pictures.ts); the site makes those of later articles at the first request.
import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LRUCache } from "lru-cache";
import { log, redactError } from "./log";
import { Mutex } from "./mutex";

/** `tag` changes with the bytes. */
export type DrawnPicture = { bytes: Buffer; tag: string };

/** `madeOf`: everything that decides how the picture looks. */
type Recipe = { kind: string; madeOf: (string | Uint8Array)[]; draw: () => Promise<Buffer> };

const MOST_BYTES = 32 * 1024 * 1024;
const kept = new LRUCache<string, DrawnPicture>({
  maxSize: MOST_BYTES,
  sizeCalculation: ({ bytes }) => Math.max(bytes.length, 1),
});
const drawing = new Map<string, Promise<DrawnPicture>>();
/** Draws one picture at a time: drawing takes a processor for a moment, and other readers need the rest. */
const turns = new Mutex();

export async function drawOnce({ kind, madeOf, draw }: Recipe): Promise<DrawnPicture> {
  const recipe = hashOf(kind, madeOf);
  const known = kept.get(recipe);
  if (known) return known;
  const own = drawing.get(recipe) ?? readOrDraw(recipe, draw).finally(() => drawing.delete(recipe));
  drawing.set(recipe, own);
  return own;
}

async function readOrDraw(recipe: string, draw: () => Promise<Buffer>): Promise<DrawnPicture> {
  const stored = await readFile(pathOf(recipe)).catch(() => null);
  return stored ? keep(recipe, stored) : drawInTurn(recipe, draw);
}

async function drawInTurn(recipe: string, draw: () => Promise<Buffer>): Promise<DrawnPicture> {
  const release = await turns.lock();
  try {
    const bytes = await draw();
    await writeDrawn(recipe, bytes);
    return keep(recipe, bytes);
  } finally {
    release();
  }
}

function keep(recipe: string, bytes: Buffer): DrawnPicture {
  const picture = { bytes, tag: hashOf("bytes", [bytes]) };
  kept.set(recipe, picture);
  return picture;
}

/** Hashes the length of each part too, so that different recipes cannot give the same bytes. */
function hashOf(kind: string, madeOf: (string | Uint8Array)[]): string {
  const hash = createHash("sha256").update(kind);
  for (const part of madeOf) hash.update(`\0${part.length}\0`).update(part);
  return hash.digest("base64url").slice(0, 27);
}

/** Pictures are in the build's own folder, because another build may draw differently. */
function pathOf(recipe: string): string {
  return join(process.cwd(), ".next/pictures", recipe);
}

/** If the build's folder is read-only, the picture stays in memory only. */
async function writeDrawn(recipe: string, bytes: Buffer): Promise<void> {
  const path = pathOf(recipe);
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    log.debug({ error: redactError(error) }, "a drawn picture could not be stored");
  }
}
