// A backup's outer shell: AES-256-GCM in pieces, under a key of the file's own that is derived from BACKUP_KEY. Each piece is
// sealed with its number and with whether it is the last, so that none can be changed, moved, left out or cut off unseen.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Stop } from "../../run/console.mjs";

const MAGIC = Buffer.from("appeal-backup-1\n");
const SALT_BYTES = 32;
const PROOF_BYTES = 32;
const HEAD_BYTES = MAGIC.length + SALT_BYTES + PROOF_BYTES;
const PIECE_BYTES = 64 * 1024;
const TAG_BYTES = 16;

type Piece = { bytes: Buffer; number: number; isLast: boolean };

/** `secret`: 32 bytes in base64. Throws a Stop where it is none. */
export function parseBackupKey(secret: string | undefined): Buffer {
  const key = Buffer.from(secret ?? "", "base64");
  if (key.length === 32) return key;
  const problem = secret ? "is wrong: 32 bytes in base64" : "is missing";
  throw new Stop(
    `BACKUP_KEY ${problem}. Make one (openssl rand -base64 32), put it into .env, and keep a copy apart from the server: ` +
      "without it no backup can be read.",
  );
}

export async function* seal(source: AsyncIterable<Uint8Array>, secret: Buffer): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const { key, proof } = keysOf(secret, salt);
  yield Buffer.concat([MAGIC, salt, proof]);
  for await (const { bytes, ...place } of piecesOf(source, PIECE_BYTES)) {
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(place));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/** Throws a Stop where the file is no backup, was sealed with another key, or is not as it was written. */
export async function* unseal(path: string, secret: Buffer): AsyncGenerator<Buffer> {
  const { salt, proof } = await readHead(path);
  const keys = keysOf(secret, salt);
  if (!timingSafeEqual(keys.proof, proof))
    throw new Stop("BACKUP_KEY is not the one with which this backup was made (or its first bytes are damaged).");
  const rest = createReadStream(path, { start: HEAD_BYTES });
  for await (const piece of piecesOf(rest, PIECE_BYTES + TAG_BYTES)) {
    const opened = openPiece(keys.key, piece);
    if (opened) yield opened;
    else throw new Stop(damage(keys.key, piece));
  }
}

async function readHead(path: string): Promise<{ salt: Buffer; proof: Buffer }> {
  const file = await open(path).catch(() => {
    throw new Stop(`There is no backup at ${path}.`);
  });
  const head = Buffer.alloc(HEAD_BYTES);
  const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
  await file.close();
  if (bytesRead < HEAD_BYTES || !head.subarray(0, MAGIC.length).equals(MAGIC))
    throw new Stop(`${path} is no backup of this site, or not a whole one.`);
  const salt = head.subarray(MAGIC.length, MAGIC.length + SALT_BYTES);
  return { salt, proof: head.subarray(MAGIC.length + SALT_BYTES) };
}

/** The file's own key, and what shows that it is the right one without opening anything. */
function keysOf(secret: Buffer, salt: Buffer): { key: Buffer; proof: Buffer } {
  const key = Buffer.from(hkdfSync("sha256", secret, salt, "appeal backup", 32));
  return { key, proof: createHmac("sha256", key).update(MAGIC).update(salt).digest() };
}

function nonceOf({ number, isLast }: Omit<Piece, "bytes">): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 0);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

/** Null where the piece is not what was sealed in its place. */
function openPiece(key: Buffer, { bytes, ...place }: Piece): Buffer | null {
  if (bytes.length < TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(place));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

function damage(key: Buffer, piece: Piece): string {
  const place = `after ${(piece.number * PIECE_BYTES).toLocaleString("en")} bytes`;
  if (piece.isLast && openPiece(key, { ...piece, isLast: false })) return `The backup is cut off ${place}.`;
  return `The backup is damaged${piece.isLast ? " or cut off" : ""} ${place}.`;
}

/** Always at least one, and the last is known as such. */
async function* piecesOf(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Piece> {
  let [waiting, number] = [Buffer.alloc(0), 0];
  for await (const bytes of source) {
    waiting = Buffer.concat([waiting, bytes]);
    for (; waiting.length > size; number++) {
      yield { bytes: waiting.subarray(0, size), number, isLast: false };
      waiting = waiting.subarray(size);
    }
  }
  yield { bytes: waiting, number, isLast: true };
}
