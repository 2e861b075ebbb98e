// `tsx build.ts` writes dist/, `tsx build.ts FOLDER` another folder.
import { join, resolve } from "node:path";
import { compile, writeTypes } from "./compile";

const dist = resolve(process.argv[2] ?? join(import.meta.dirname, "dist"));
await compile(dist);
writeTypes(dist);
