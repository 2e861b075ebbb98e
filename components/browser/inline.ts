// The inline script of reader pages (pages/_document.tsx). On a first visit it loads main.ts only after the page, so
// that the two do not share a slow connection. If the reader uses the page earlier, it loads main.ts at once.
// tools/build/reader-script.mjs bundles this script to public/reader-inline.js.

/**
 * The URL of the script that is bundled from main.ts. systems/http/inlined.mjs adds the script's version to this URL.
 * Is a constant and not a literal in `import(MAIN)`, so that the bundler does not resolve it.
 */
const MAIN: string = "/reader.js";
/** Events that show that the reader already uses the page. */
const USES = ["pointerdown", "keydown", "focusin"];
/**
 * How long the browser gets to paint the page after the load event. A script that starts in the load event itself would
 * delay the painting.
 */
const WAIT_FOR_PAINT_MS = 99;

const loadMain = () => void import(MAIN);

const startPage = () => {
  // Switches to the publication's fonts. Until now the text was in a system font (components/style/own-type.css).
  document.body.className = "typeset";
  loadMain();
};

for (const name of USES) addEventListener(name, loadMain, true);

// The page's stylesheet was loaded before this script. If it came from the browser's cache, the cache probably contains
// the fonts, too. Then nothing needs to wait for the load event.
const fetchedStylesheet = (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).find(
  ({ name, transferSize }) => transferSize && /css$/.test(name),
);
if (fetchedStylesheet) window.onload = () => setTimeout(startPage, WAIT_FOR_PAINT_MS);
else startPage();
