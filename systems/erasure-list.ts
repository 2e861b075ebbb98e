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
import { dirname, resolve } from "node:path";
import { z } from "zod";
import type { ErasureNote } from "../domain/ledger/erasure";
import { env } from "./env";

const line = z.object({ supporterId: z.string(), addressHashes: z.array(z.string()), erasedAt: z.iso.datetime() });

export function erasureListPath(): string {
  return resolve(env().ERASURES_FILE);
}

/** Returns once the line is on the disk. Throws where it cannot be written: then nothing may be erased. */
export function noteErasure(note: ErasureNote, path = erasureListPath()): void {
  requireErasureList(path);
  const file = openSync(path, "a", 0o600);
  try {
    writeSync(file, `${JSON.stringify(note)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
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
  for (const text of readFileSync(path, "utf8").split("\n")) {
    const note = readLine(text);
    if (note) notes.set(note.supporterId, note);
  }
  return [...notes.values()];
}

function readLine(text: string): ErasureNote | null {
  try {
    const { erasedAt, ...note } = line.parse(JSON.parse(text));
    return { ...note, erasedAt: new Date(erasedAt) };
  } catch {
    return null;
  }
}
