// Encrypts a backup with age (https://age-encryption.org), so that the `age` command can also open it. Age
// authenticates each piece of 64 KB, so a changed, moved, missing or cut-off piece is detected.
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { Decrypter, Encrypter, type ReadableStreamWithSize } from "age-encryption";
import { CommandError } from "../../run/console.mjs";

const FIRST_LINE = "age-encryption.org/v1\n";
const PIECE_BYTES = 64 * 1024;
/**
 * A high work factor would slow down guesses of a weak passphrase. BACKUP_KEY is 32 random bytes, so a low work factor
 * is enough.
 */
const SCRYPT_WORK_FACTOR = 10;
const WRONG_KEY = "no identity matched any of the file's recipients";

/** Returns the key. Throws a CommandError if the text is not 32 bytes in base64. */
export function parseBackupKey(text: string | undefined): string {
  if (text && Buffer.from(text, "base64").length === 32) return text;
  const problem = text ? "is wrong: 32 bytes in base64 are needed" : "is missing";
  throw new CommandError(
    `BACKUP_KEY ${problem}. Make one (openssl rand -base64 32), put it into .env, and keep a copy away from the server: ` +
      "without it no backup can be read.",
  );
}

export async function* encryptBackup(source: AsyncIterable<Uint8Array>, key: string): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(key);
  encrypter.setScryptWorkFactor(SCRYPT_WORK_FACTOR);
  yield* piecesOf(await encrypter.encrypt(webStreamOf(Readable.from(source))));
}

/**
 * Returns the decrypted bytes. Throws a CommandError if the file is missing, damaged, cut off or not a backup, or was
 * encrypted with another key.
 */
export async function* decryptBackup(path: string, key: string): AsyncGenerator<Uint8Array> {
  const fileBytes = await requireAgeFile(path);
  const decrypted = await readHeader(path, key);
  let bytes = 0;
  try {
    for await (const piece of piecesOf(decrypted)) {
      yield piece;
      bytes += piece.length;
    }
  } catch (cause) {
    if (isSystemError(cause)) throw cause;
    const problem = isLastPiece(decrypted, { bytes, fileBytes }) ? "cut off, or damaged at its end," : "damaged";
    throw new CommandError(`The backup is ${problem} after ${bytes.toLocaleString("en")} bytes of its content.`, {
      cause,
    });
  }
}

/**
 * Returns the file's size in bytes. Throws a CommandError if the file cannot be opened, or does not begin with the
 * first line of the `age` format.
 */
async function requireAgeFile(path: string): Promise<number> {
  const file = await open(path).catch((cause: unknown) => {
    throw new CommandError(`There is no backup at ${path}.`, { cause });
  });
  try {
    const start = Buffer.alloc(FIRST_LINE.length);
    await file.read(start, 0, start.length, 0);
    if (start.toString("latin1") !== FIRST_LINE) throw new CommandError(`${path} is not a backup of this site.`);
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

async function readHeader(path: string, key: string): Promise<ReadableStreamWithSize> {
  const file = createReadStream(path);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(key);
  try {
    return await decrypter.decrypt(webStreamOf(file));
  } catch (cause) {
    file.destroy();
    if (isSystemError(cause)) throw cause;
    if (cause instanceof Error && cause.message === WRONG_KEY)
      throw new CommandError(
        "BACKUP_KEY is not the key with which this backup was made, or the file's header is damaged.",
        {
          cause,
        },
      );
    throw new CommandError("The backup is damaged or cut off in its header.", { cause });
  }
}

/**
 * Returns true if the piece that could not be decrypted is the last one of the file. `bytes`: the number of decrypted
 * bytes before this piece. `fileBytes`: the file's size.
 */
function isLastPiece(
  decrypted: ReadableStreamWithSize,
  { bytes, fileBytes }: { bytes: number; fileBytes: number },
): boolean {
  try {
    return bytes + PIECE_BYTES >= decrypted.size(fileBytes);
  } catch {
    // size() throws only if no complete file has this size. So the file is cut off, and this piece is its last one.
    return true;
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

function webStreamOf(source: Readable): ReadableStream<Uint8Array> {
  return Readable.toWeb(source) as ReadableStream<Uint8Array>;
}

async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // Closes the file behind the stream if the caller stops reading early.
    await reader.cancel().catch(() => {});
  }
}
