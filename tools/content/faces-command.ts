// Writes the site's font files and the stylesheet that declares them: `npm run faces`, after a change of faces.ts or of @fontsource's packages.
import { mkdirSync, writeFileSync } from "node:fs";
import { FACES, FACES_FOLDER, FACES_SHEET, facePath, facesSheet, makeFace } from "./faces";

mkdirSync(FACES_FOLDER, { recursive: true });
for (const face of FACES) {
  const bytes = await makeFace(face);
  writeFileSync(facePath(face), bytes);
  console.log(`${String(bytes.length).padStart(6)} ${face.name}`);
}
writeFileSync(FACES_SHEET, facesSheet());
