// Writes the site's font files and the stylesheet that declares them: `npm run faces`, after a change of faces.ts or of @fontsource's packages.
import { mkdirSync, writeFileSync } from "node:fs";
import { FONT_FACES, FONT_FACES_FOLDER, FONT_FACES_SHEET, fontFacePath, fontFacesSheet, makeFontFace } from "./faces";

mkdirSync(FONT_FACES_FOLDER, { recursive: true });
for (const face of FONT_FACES) {
  const bytes = await makeFontFace(face);
  writeFileSync(fontFacePath(face), bytes);
  console.log(`${String(bytes.length).padStart(6)} ${face.name}`);
}
writeFileSync(FONT_FACES_SHEET, fontFacesSheet());
