// Detects by a file's times and size whether it has changed since it was read.
import { type Stats, statSync } from "node:fs";
import { stat } from "node:fs/promises";

/** The stamp of a file that was written a moment ago. Such a file may be written again without a change of its times. */
export const UNSETTLED = "unsettled";
/** A file counts as settled this long after its last change, because some disks keep times in whole seconds. */
const SETTLED_AFTER_MS = 2_000;

export type FileStamp = string;

/** Null if the file does not exist. */
export async function findFileStamp(path: string): Promise<FileStamp | null> {
  return stat(path).then(stampOf, goneOrThrow);
}

export function findFileStampSync(path: string): FileStamp | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? stampOf(stats) : null;
}

function stampOf({ mtimeMs, ctimeMs, size, ino }: Stats): FileStamp {
  // Absolute, because otherwise a file dated by a clock ahead of ours would count as unsettled until our clock catches up.
  if (Math.abs(Date.now() - Math.max(mtimeMs, ctimeMs)) < SETTLED_AFTER_MS) return UNSETTLED;
  return `${mtimeMs}/${ctimeMs}/${size}/${ino}`;
}

function goneOrThrow(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
