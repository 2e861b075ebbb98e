// `tsx build.ts` writes the compiled package to dist/, `tsx build.ts FOLDER` to another folder.
import { join, resolve } from "node:path";
import { compile, writeTypeDeclarations } from "./compile";

const dist = resolve(process.argv[2] ?? join(import.meta.dirname, "dist"));
await compile(dist);
writeTypeDeclarations(dist);
