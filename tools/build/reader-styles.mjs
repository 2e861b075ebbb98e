import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { CRITICAL_STYLES_FILE } from "../../systems/http/inlined.mjs";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { loadPublication } from "./reader-script.mjs";

/** The browsers for which Next compiles the site's other stylesheets. */
const TARGETS = ["chrome111", "edge111", "firefox111", "safari16.4"];

export async function buildAccentColorCss() {
  const { light, dark } = (await loadPublication()).accent;
  return [
    "/* Written by tools/build/reader-styles.mjs from publication.ts; change the colours there. */",
    `:root {\n  --accent-light: ${light};\n  --accent-dark: ${dark};\n}\n`,
  ].join("\n");
}

export async function writeAccentStyles() {
  writeFileSync(join(REPOSITORY_ROOT, "components/style/accent.css"), await buildAccentColorCss());
}

/**
 * Returns the styles that a page contains inline. Throws if they are empty or contain "<", which could end the page's
 * style element.
 */
export async function bundleCriticalStyles() {
  const { outputFiles } = await build({
    absWorkingDir: REPOSITORY_ROOT,
    entryPoints: ["components/style/first.css"],
    bundle: true,
    minify: true,
    target: TARGETS,
    charset: "utf8",
    legalComments: "none",
    write: false,
  });
  const styles = (outputFiles[0]?.text ?? "").trim();
  if (!styles || styles.includes("<")) throw new Error('first.css is empty or contains "<"');
  return styles;
}

export async function writeCriticalStyles() {
  writeFileSync(join(REPOSITORY_ROOT, CRITICAL_STYLES_FILE), await bundleCriticalStyles());
}
