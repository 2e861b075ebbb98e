// Loads React's production build, which readers get. The development build renders many times more slowly, and adds
// only warnings that no test reads. (Biome reports missing keys.)
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { NODE_ENV } = process.env;
Object.assign(process.env, { NODE_ENV: "production" });
for (const name of ["react", "react/jsx-runtime", "react-dom", "react-dom/server"]) require(name);
// Once a test file has loaded a part of Next's server, Next replaces the contexts of modules that are loaded later. A
// page that is rendered in a later file would then have an empty head.
require("next/head");
Object.assign(process.env, { NODE_ENV });
