// Switches to the site's own fonts after the page has loaded. On a slow connection they would compete with the picture, and the text can
// be read in a system font until then (components/style/type.css).

const WAIT_FOR_PAINT_MS = 99;

/** If this script came from the browser's cache, the fonts are probably cached too, so they are shown immediately. */
export function switchToSiteFonts(): void {
  const [own] = performance.getEntriesByName((document.currentScript as HTMLScriptElement).src);
  const show = () => document.body.classList.add("typeset");
  if ((own as PerformanceResourceTiming | undefined)?.transferSize)
    addEventListener("load", () => setTimeout(show, WAIT_FOR_PAINT_MS));
  else show();
}
