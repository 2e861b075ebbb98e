// The inline script of reader pages (pages/_document.tsx). It loads main.ts only after the page has loaded, so that the two do
// not share a slow connection. tools/build/reader-script.mjs bundles it to public/reader-inline.js.

/** The path of main.ts. systems/http/inlined.mjs adds the version. Typed as `string`, so that the bundler leaves the import to the browser. */
const MAIN: string = "/reader.js";
/** These show that the reader already uses the page. */
const USES = ["pointerdown", "keydown", "focusin"];
/** Time for the browser to paint what has loaded. Work at the load event itself would delay the picture. */
const WAIT_FOR_PAINT_MS = 99;

const loadMain = () => void import(MAIN);

const startPage = () => {
  // Until now the text was in a system font (components/style/own-type.css).
  document.body.className = "typeset";
  loadMain();
};

for (const name of USES) addEventListener(name, loadMain, true);

// The page's stylesheet comes before this script. If the browser had it in its cache, it probably has the fonts there, too.
const fetchedStylesheet = (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).find(
  ({ name, transferSize }) => transferSize && /css$/.test(name),
);
if (fetchedStylesheet) window.onload = () => setTimeout(startPage, WAIT_FOR_PAINT_MS);
else startPage();
