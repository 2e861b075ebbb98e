import { expect, test } from "vitest";
import { findPictureSize } from "./picture-size";

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const size32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const little24 = (n: number) => [n & 255, (n >>> 8) & 255, n >>> 16];
const webp = (kind: string, ...rest: number[]) => [...ascii(`RIFF....WEBP${kind}`), 0, 0, 0, 0, ...rest];

const PNG = [0x89, ...ascii("PNG\r\n\u001a\n"), 0, 0, 0, 13, ...ascii("IHDR"), ...size32(1600), ...size32(1000)];
/** A JPEG with an application segment before the frame header. */
const JPEG = [0xff, 0xd8, 0xff, 0xe1, 0, 4, 1, 2, 0xff, 0xc4, 0, 3, 0, 0xff, 0xc2, 0, 11, 8, 3, 232, 6, 64, 3];
const LOSSY = webp("VP8 ", 0, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x06, 0xe8, 0x03);
const lossless = 1599 + 999 * 0x4000;
const LOSSLESS = webp("VP8L", 0x2f, ...size32(lossless).reverse());
const EXTENDED = webp("VP8X", 0, 0, 0, 0, ...little24(1599), ...little24(999));

test.each([
  ["a PNG", PNG, "png"],
  ["a JPEG", JPEG, "jpg"],
  ["a lossy WebP", LOSSY, "webp"],
  ["a lossless WebP", LOSSLESS, "webp"],
  ["an extended WebP", EXTENDED, "webp"],
])("finds the size of %s", (_, bytes, type) => {
  expect(findPictureSize(Uint8Array.from(bytes))).toEqual({ type, width: 1600, height: 1000 });
});

test.each([
  ["nothing", []],
  ["text", ascii("Headline\n\nText that is long enough to be read.")],
  ["an SVG", ascii('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>')],
  ["a PNG that was cut off", PNG.slice(0, 20)],
  ["a JPEG that was cut off", JPEG.slice(0, 15)],
  ["a PNG without width", PNG.with(18, 0).with(19, 0)],
])("finds no size in %s", (_, bytes) => {
  expect(findPictureSize(Uint8Array.from(bytes))).toBeNull();
});
