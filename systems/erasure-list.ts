// The list of erasures outside of the ledger, one JSON line each, so that a restored backup can be told who has erased themselves since.
// It holds an opaque id and keyed hashes; without IDENTITY_KEY they lead to nobody. Lines are only ever added.
import "server-only";
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import type { ErasureNote } from "../domain/ledger/erasure";
import { env } from "./env";

const line = z.object({ supporterId: z.string(), addressHashes: z.array(z.string()), erasedAt: z.iso.datetime() });

const NAME = "erasures.jsonl";

/** Beside a SQLite ledger, where the site may write. A ledger on a server must name a place in ERASURES_FILE (env.ts). */
export function erasureListPath(): string {
  const { ERASURES_FILE, DATABASE_URL } = env();
  return resolve(ERASURES_FILE ?? join(dirname(DATABASE_URL.slice("file:".length)), NAME));
}

/** Where `npm run backup` puts a copy of the list: beside the backups. */
export function erasureListBeside(backup: string): string {
  return join(dirname(resolve(backup)), NAME);
}

/** Adds what is missing in the copy. Nothing is taken out of it: several machines may share one folder of backups. */
export function copyErasureList(to: string, from = erasureListPath()): void {
  requireErasureList(to);
  const copied = new Set(linesOf(to));
  const missing = linesOf(from).filter((text) => !copied.has(text));
  if (missing.length > 0) appendDurably(to, `${missing.join("\n")}\n`);
}

/** Returns once the line is on the disk. Throws where it cannot be written: then nothing may be erased. */
export function noteErasure(note: ErasureNote, path = erasureListPath()): void {
  requireErasureList(path);
  appendDurably(path, `${JSON.stringify(note)}\n`);
}

/** Creates an empty list where there is none, so that a missing one means that it was lost. Throws where it cannot be written. */
export function requireErasureList(path = erasureListPath()): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  appendFileSync(path, "", { mode: 0o600 });
}

/** One note for each supporter, with their latest erasure. Null where there is no list. A line that was cut off by a crash is skipped. */
export function readErasureList(path = erasureListPath()): ErasureNote[] | null {
  if (!existsSync(path)) return null;
  const notes = new Map<string, ErasureNote>();
  for (const text of linesOf(path)) {
    const note = readLine(text);
    if (note) notes.set(note.supporterId, note);
  }
  return [...notes.values()];
}

function linesOf(path: string): string[] {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
}

function appendDurably(path: string, text: string): void {
  const file = openSync(path, "a", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function readLine(text: string): ErasureNote | null {
  try {
    const { erasedAt, ...note } = line.parse(JSON.parse(text));
    return { ...note, erasedAt: new Date(erasedAt) };
  } catch {
    return null;
  }
}
