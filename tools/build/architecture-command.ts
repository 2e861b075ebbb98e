// npm run architecture: writes docs/architecture.md from the import lines.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderArchitecture } from "./architecture";

writeFileSync(join(import.meta.dirname, "../../docs/architecture.md"), renderArchitecture());
console.log("docs/architecture.md");
