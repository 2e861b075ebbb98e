// Draws the site's icons: initials in white on the accent colour. The letters become outlines, so that no device needs
// the font.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { create, type Font } from "fontkit";
import sharp from "sharp";
import { REPOSITORY_ROOT } from "../run/paths.mjs";

const FONTS = join(REPOSITORY_ROOT, "node_modules/@fontsource/source-serif-4/files");
const SCRIPTS = ["latin", "latin-ext", "cyrillic", "greek"];
const SIDE = 64;
/**
 * The longer side of the initials, divided by the side of the icon. The maskable icon has smaller initials,
 * because a device may cut the icon to a circle of 80% of its width (w3.org/TR/appmanifest).
 */
const SHARE = { plain: 0.66, maskable: 0.5 };

type Icon = { initials: string; accent: string };
export type IconFile = { path: string; bytes: Uint8Array };

export function hasFontFor(initials: string): boolean {
  return findFont(initials) !== null;
}

export async function generateIcons(icon: Icon): Promise<IconFile[]> {
  const [plain, maskable] = [iconSvg(icon, SHARE.plain), iconSvg(icon, SHARE.maskable)];
  return [
    { path: "public/icon.svg", bytes: Buffer.from(plain) },
    { path: "public/favicon.ico", bytes: icoOf(await png(plain, 32), 32) },
    { path: "public/apple-touch-icon.png", bytes: await png(plain, 180) },
    { path: "public/icon-192.png", bytes: await png(plain, 192) },
    { path: "public/icon-512.png", bytes: await png(plain, 512) },
    { path: "public/icon-maskable-512.png", bytes: await png(maskable, 512) },
  ];
}

function iconSvg({ initials, accent }: Icon, share: number): string {
  const font = findFont(initials);
  if (!font) throw new Error(`no font has every letter of ${initials}`);
  const { path, box } = outline(font, initials);
  const scale = (SIDE * share) / Math.max(box.width, box.height);
  // The scale is negated for y, because the y axis points up in fonts and down in SVG.
  const left = (SIDE - box.width * scale) / 2 - box.left * scale;
  const base = (SIDE + box.height * scale) / 2 + box.bottom * scale;
  const place = [scale, 0, 0, -scale, left, base].map((number) => Number(number.toFixed(4))).join(" ");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}"><rect width="${SIDE}" height="${SIDE}" fill="${accent}"/>` +
    `<path fill="#fff" transform="matrix(${place})" d="${path}"/></svg>\n`
  );
}

function outline(font: Font, initials: string) {
  const { glyphs, positions } = font.layout(initials);
  let x = 0;
  const parts = glyphs.map((glyph, index) => {
    const part = { path: glyph.path.translate(x, 0), from: x };
    x += positions[index]?.xAdvance ?? 0;
    return part;
  });
  const boxes = parts.map(({ path }) => path.bbox);
  const [left, right] = [Math.min(...boxes.map(({ minX }) => minX)), Math.max(...boxes.map(({ maxX }) => maxX))];
  const [bottom, top] = [Math.min(...boxes.map(({ minY }) => minY)), Math.max(...boxes.map(({ maxY }) => maxY))];
  const path = parts.map((part) => part.path.toSVG()).join("");
  return { path, box: { left, bottom, width: right - left, height: top - bottom } };
}

function findFont(letters: string): Font | null {
  for (const script of SCRIPTS) {
    const font = create(readFileSync(join(FONTS, `source-serif-4-${script}-600-normal.woff`))) as Font;
    if ([...letters].every((letter) => font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0))) return font;
  }
  return null;
}

function png(svg: string, side: number): Promise<Buffer> {
  return sharp(Buffer.from(svg), { density: (72 * side) / SIDE })
    .resize(side, side)
    .png({ palette: true })
    .toBuffer();
}

/**
 * Returns an ICO file that contains the PNG after a header of 22 bytes (learn.microsoft.com, "PNG compression in
 * icons").
 */
function icoOf(image: Buffer, side: number): Uint8Array {
  const head = Buffer.alloc(22);
  for (const [at, value] of [
    [2, 1],
    [4, 1],
    [10, 1],
    [12, 32],
  ] as const)
    head.writeUInt16LE(value, at);
  head.writeUInt8(side, 6);
  head.writeUInt8(side, 7);
  head.writeUInt32LE(image.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, image]);
}
