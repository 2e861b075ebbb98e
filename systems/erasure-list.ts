// The list of erased supporters. After a backup is restored, they are erased again. A line holds an opaque id, keyed
// hashes and a time, which identify nobody without IDENTITY_KEY. Lines are only ever added.
import "server-only";
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import type { ErasureListEntry } from "../domain/ledger/erasure";
import { env } from "./env";

const line = z.object({ supporterId: z.string(), addressHashes: z.array(z.string()), erasedAt: z.iso.datetime() });

const NAME = "erasures.jsonl";

/**
 * Returns the path of the list. Without ERASURES_FILE, which PostgreSQL requires (env.ts), the list is beside the
 * SQLite ledger.
 */
export function erasureListPath(): string {
  const { ERASURES_FILE, DATABASE_URL } = env();
  return resolve(ERASURES_FILE ?? join(dirname(DATABASE_URL.slice("file:".length)), NAME));
}

/** Returns the path of the copy of the list that `npm run backup` keeps in the folder of the backup. */
export function backupErasureListPath(backup: string): string {
  return join(dirname(resolve(backup)), NAME);
}

/**
 * Adds every line of the list `from` that is missing in the copy `to`. Keeps all other lines of the copy: they can come
 * from another machine that shares the folder of backups.
 */
export function mergeErasureListInto(to: string, from = erasureListPath()): void {
  createErasureListIfMissing(to);
  const copied = new Set(linesOf(to));
  const missing = linesOf(from).filter((text) => !copied.has(text));
  if (missing.length > 0) appendDurably(to, `${missing.join("\n")}\n`);
}

/**
 * Adds a line, and returns once it is on the disk. Throws if it cannot be written; the caller must then erase nothing.
 */
export function appendToErasureList(note: ErasureListEntry, path = erasureListPath()): void {
  createErasureListIfMissing(path);
  appendDurably(path, `${JSON.stringify(note)}\n`);
}

/**
 * Creates an empty erasure list if there is none. If the list is missing later, it must have been lost. Throws if the
 * list cannot be written.
 */
export function createErasureListIfMissing(path = erasureListPath()): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  appendFileSync(path, "", { mode: 0o600 });
}

/**
 * Returns the latest entry of each supporter; null if there is no file. Skips a line that cannot be read, because a
 * crash cut it off.
 */
export function readErasureList(path = erasureListPath()): ErasureListEntry[] | null {
  if (!existsSync(path)) return null;
  const notes = new Map<string, ErasureListEntry>();
  for (const text of linesOf(path)) {
    const note = readLine(text);
    if (note) notes.set(note.supporterId, note);
  }
  return [...notes.values()];
}

function linesOf(path: string): string[] {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
}

/**
 * Adds the text on a new line. A crash could have cut off the last line; the text must not continue it, because then
 * neither could be read.
 */
function appendDurably(path: string, text: string): void {
  const file = openSync(path, "a+", 0o600);
  try {
    writeFileSync(file, endsInsideLine(file) ? `\n${text}` : text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function endsInsideLine(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== "\n";
}

function readLine(text: string): ErasureListEntry | null {
  try {
    const { erasedAt, ...note } = line.parse(JSON.parse(text));
    return { ...note, erasedAt: new Date(erasedAt) };
  } catch {
    return null;
  }
}
