import { randomBytes } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseBackupKey, seal, unseal } from "./sealed";

const HEAD = 80;
const PIECE = 64 * 1024 + 16;
const secret = Buffer.alloc(32, 7);
const path = join(mkdtempSync(join(tmpdir(), "appeal-sealed-")), "a.backup");

async function sealed(bytes: Buffer): Promise<Buffer> {
  const pieces = [];
  for await (const piece of seal(inParts(bytes), secret)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function opened(file: Buffer): Promise<Buffer> {
  writeFileSync(path, file);
  const pieces = [];
  for await (const piece of unseal(path, secret)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** As a stream brings them: of no size that means anything. */
async function* inParts(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let place = 0; place < bytes.length; place += 10_007) yield bytes.subarray(place, place + 10_007);
}

test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])("%i bytes come out as they went in", async (size) => {
  const bytes = randomBytes(size);
  expect((await opened(await sealed(bytes))).equals(bytes)).toBe(true);
});

test("a file that is cut off between two pieces is known to be", async () => {
  const file = await sealed(randomBytes(200_000));
  for (const pieces of [1, 2, 3])
    await expect(opened(file.subarray(0, HEAD + pieces * PIECE))).rejects.toThrow(/is cut off after/);
});

test("a piece that is moved, left out, or taken from another backup under the same key is refused", async () => {
  const [file, other] = [await sealed(randomBytes(200_000)), await sealed(randomBytes(200_000))];
  const piece = (from: Buffer, place: number) => from.subarray(HEAD + place * PIECE, HEAD + (place + 1) * PIECE);
  const made = (...pieces: Buffer[]) => Buffer.concat([file.subarray(0, HEAD), ...pieces]);
  const [first, second, third, last] = [0, 1, 2, 3].map((place) => piece(file, place)) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  for (const changed of [
    made(second, first, third, last),
    made(first, third, last),
    made(first, second, piece(other, 2), last),
    made(first, second, third, last, last),
  ])
    await expect(opened(changed)).rejects.toThrow(/is damaged/);
});

test("a key is 32 bytes, and has no default", () => {
  expect(parseBackupKey(secret.toString("base64"))).toEqual(secret);
  expect(() => parseBackupKey(undefined)).toThrow("BACKUP_KEY is missing");
  expect(() => parseBackupKey("short")).toThrow("BACKUP_KEY is wrong");
});
