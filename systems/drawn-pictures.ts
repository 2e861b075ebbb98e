// Keeps each derived picture by a hash of all that it is made of, so that it is made only once. A build makes those of the articles that
// it finds (tools/build/draw-pictures.ts); the site makes those of later articles at the first request.
import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LRUCache } from "lru-cache";
import { log, redactError } from "./log";
import { Mutex } from "./mutex";

export type DrawnPicture = { bytes: Buffer; tag: string };

/** `madeOf`: everything that decides how the picture looks. */
type Recipe = { kind: string; madeOf: (string | Uint8Array)[]; draw: () => Promise<Buffer> };

const MOST_BYTES = 32 * 1024 * 1024;
const kept = new LRUCache<string, Buffer>({
  maxSize: MOST_BYTES,
  sizeCalculation: ({ length }) => Math.max(length, 1),
});
const drawing = new Map<string, Promise<Buffer>>();
/** Drawing keeps a processor busy, so only one picture is drawn at a time. */
const turns = new Mutex();

export async function drawnOnce({ kind, madeOf, draw }: Recipe): Promise<DrawnPicture> {
  const tag = tagOf(kind, madeOf);
  const known = kept.get(tag) ?? readDrawn(tag);
  if (known) {
    kept.set(tag, known);
    return { bytes: known, tag };
  }
  const own = drawing.get(tag) ?? drawInTurn(tag, draw).finally(() => drawing.delete(tag));
  drawing.set(tag, own);
  return { bytes: await own, tag };
}

async function drawInTurn(tag: string, draw: () => Promise<Buffer>): Promise<Buffer> {
  const release = await turns.lock();
  try {
    const bytes = await draw();
    kept.set(tag, bytes);
    writeDrawn(tag, bytes);
    return bytes;
  } finally {
    release();
  }
}

/** Hashes the length of each part too, so that different recipes cannot give the same bytes. */
function tagOf(kind: string, madeOf: (string | Uint8Array)[]): string {
  const hash = createHash("sha256").update(kind);
  for (const part of madeOf) hash.update(`\0${part.length}\0`).update(part);
  return hash.digest("base64url").slice(0, 27);
}

/** Pictures are in the build's own folder, because another build may draw differently. */
function pathOf(tag: string): string {
  return join(process.cwd(), ".next/pictures", tag);
}

function readDrawn(tag: string): Buffer | undefined {
  try {
    return readFileSync(pathOf(tag));
  } catch {
    return undefined;
  }
}

/** If the build's folder is read-only, the picture stays in memory only. */
function writeDrawn(tag: string, bytes: Buffer): void {
  const path = pathOf(tag);
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(temporary, bytes);
    renameSync(temporary, path);
  } catch (error) {
    log.debug({ error: redactError(error) }, "a drawn picture could not be stored");
  }
}
