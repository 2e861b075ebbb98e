import { compile, writeTypes } from "./compile";

await compile();
writeTypes();
