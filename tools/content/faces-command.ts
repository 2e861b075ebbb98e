// Writes the site's font files: `npm run faces`, after a change of faces.ts or of @fontsource's packages.
import { mkdirSync, writeFileSync } from "node:fs";
import { FACES, FOLDER, fileOf, makeFace } from "./faces";

mkdirSync(FOLDER, { recursive: true });
for (const face of FACES) {
  const bytes = await makeFace(face);
  writeFileSync(fileOf(face), bytes);
  console.log(`${String(bytes.length).padStart(6)} ${face.name}`);
}
