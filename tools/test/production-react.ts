// Loads React's production build, which readers get. The development build renders many times more slowly. It only adds
// warnings, which no test reads.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { NODE_ENV } = process.env;
Object.assign(process.env, { NODE_ENV: "production" });
for (const name of ["react", "react/jsx-runtime", "react-dom", "react-dom/server"]) require(name);
// Loads next/head before any test loads a part of Next's server. Otherwise Next would replace the module's React
// context, and pages in later test files would have an empty head.
require("next/head");
Object.assign(process.env, { NODE_ENV });
