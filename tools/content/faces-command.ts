// npm run faces: writes the site's font files. Run it after a change of tools/content/faces.ts or of the @fontsource
// packages.
import { mkdirSync, writeFileSync } from "node:fs";
import {
  FONT_FACES,
  FONT_FACES_FOLDER,
  FONT_FACES_STYLESHEET_PATH,
  fontFacePath,
  formatFontFacesStylesheet,
  makeFontFace,
} from "./faces";

mkdirSync(FONT_FACES_FOLDER, { recursive: true });
for (const face of FONT_FACES) {
  const bytes = await makeFontFace(face);
  writeFileSync(fontFacePath(face), bytes);
  console.log(`${String(bytes.length).padStart(6)} ${face.name}`);
}
writeFileSync(FONT_FACES_STYLESHEET_PATH, formatFontFacesStylesheet());
