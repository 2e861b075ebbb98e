// Computes a file's stamp from its times, size and inode number. If a file's stamp differs from an earlier one, the
// file may have changed in the meantime.
import { type Stats, statSync } from "node:fs";
import { stat } from "node:fs/promises";

/**
 * The stamp of a file that was just written. Such a file always counts as changed, because a second change so soon can
 * leave the file with the same times.
 */
export const JUST_WRITTEN_FILE_STAMP = "unsettled";
/**
 * For this time after its last change, a file counts as just written. Some disks store times in whole seconds, so a
 * second change can leave the file's time as it was.
 */
const SETTLED_AFTER_MS = 2_000;

export type FileStamp = string;

/** Returns a text that changes with the file; null if the file does not exist. */
export async function findFileStamp(path: string): Promise<FileStamp | null> {
  return stat(path).then(stampOf, goneOrThrow);
}

export function findFileStampSync(path: string): FileStamp | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? stampOf(stats) : null;
}

function stampOf({ mtimeMs, ctimeMs, size, ino }: Stats): FileStamp {
  // Takes the absolute difference, because a file can have a time in the future if another machine's clock is ahead.
  // Otherwise this file would count as just written until that time.
  if (Math.abs(Date.now() - Math.max(mtimeMs, ctimeMs)) < SETTLED_AFTER_MS) return JUST_WRITTEN_FILE_STAMP;
  return `${mtimeMs}/${ctimeMs}/${size}/${ino}`;
}

function goneOrThrow(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
