import { randomBytes } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decrypter, Encrypter } from "age-encryption";
import { expect, test } from "vitest";
import { decryptBackup, encryptBackup, parseBackupKey } from "./encryption";

const PIECE = 64 * 1024 + 16;
const KEY = Buffer.alloc(32, 7).toString("base64");
const OTHER_KEY = Buffer.alloc(32, 8).toString("base64");
const path = join(mkdtempSync(join(tmpdir(), "appeal-backup-")), "a.backup");

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const collected: Uint8Array[] = [];
  for await (const piece of pieces) collected.push(piece);
  return Buffer.concat(collected);
}

function encrypted(bytes: Buffer): Promise<Buffer> {
  return collect(encryptBackup(inParts(bytes), KEY));
}

function decrypted(file: Uint8Array, key = KEY): Promise<Buffer> {
  writeFileSync(path, file);
  return collect(decryptBackup(path, key));
}

/** Splits the bytes into parts that do not align with age's pieces of 64 KB. */
async function* inParts(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += 10_007) yield bytes.subarray(start, start + 10_007);
}

test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])(
  "%i bytes are unchanged after encryption and decryption",
  async (size) => {
    const bytes = randomBytes(size);
    expect((await decrypted(await encrypted(bytes))).equals(bytes)).toBe(true);
  },
);

test("age opens a backup with BACKUP_KEY as its passphrase, and a backup that age wrote is decrypted here", async () => {
  const bytes = randomBytes(100_000);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(KEY);
  expect(Buffer.from(await decrypter.decrypt(await encrypted(bytes))).equals(bytes)).toBe(true);
  const encrypter = new Encrypter();
  encrypter.setPassphrase(KEY);
  encrypter.setScryptWorkFactor(12);
  expect((await decrypted(await encrypter.encrypt(bytes))).equals(bytes)).toBe(true);
});

test("decrypting with another key names the key as the problem", async () => {
  await expect(decrypted(await encrypted(randomBytes(10)), OTHER_KEY)).rejects.toThrow("BACKUP_KEY is not the key");
});

test("a file that was cut off in its content, its header or its first line is refused", async () => {
  const file = await encrypted(randomBytes(200_000));
  const payload = file.length - (4 * 16 + 200_000);
  for (const length of [payload + PIECE, payload + 2 * PIECE, payload + 2 * PIECE + 7, file.length - 1])
    await expect(decrypted(file.subarray(0, length))).rejects.toThrow(/is cut off, or damaged at its end, after/);
  await expect(decrypted(file.subarray(0, payload - 40))).rejects.toThrow("damaged or cut off in its header");
  await expect(decrypted(file.subarray(0, 10))).rejects.toThrow("is not a backup of this site");
});

test("a piece that was changed, moved, left out, repeated or taken from another backup is refused", async () => {
  const [file, other] = [await encrypted(randomBytes(200_000)), await encrypted(randomBytes(200_000))];
  const payload = file.length - (4 * 16 + 200_000);
  const piece = (from: Buffer, number: number) =>
    from.subarray(payload + number * PIECE, payload + (number + 1) * PIECE);
  const [first, second, third, last] = [0, 1, 2, 3].map((number) => piece(file, number)) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  const flipped = Buffer.from(first);
  flipped.writeUInt8(flipped.readUInt8(500) ^ 1, 500);
  for (const pieces of [
    [flipped, second, third, last],
    [second, first, third, last],
    [first, third, last],
    [first, second, piece(other, 2), last],
    [first, second, third, last, last],
  ])
    await expect(decrypted(Buffer.concat([file.subarray(0, payload), ...pieces]))).rejects.toThrow(/is .*damaged/);
});

test("a key is the base64 of 32 bytes, and has no default", () => {
  expect(parseBackupKey(KEY)).toBe(KEY);
  expect(() => parseBackupKey(undefined)).toThrow("BACKUP_KEY is missing");
  expect(() => parseBackupKey("short")).toThrow("BACKUP_KEY is wrong");
});
