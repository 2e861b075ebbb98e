// The measuring sticks: a Next app that has nothing but two webhook routes.
import { resolve } from "node:path";

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  serverExternalPackages: ["better-sqlite3"],
  turbopack: { root: resolve(import.meta.dirname, "../../..") },
};
