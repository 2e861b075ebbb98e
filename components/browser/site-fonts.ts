// Switches to the site's own fonts after the page has loaded. On a slow connection the fonts would delay the picture. Until
// then the text is in a system font (components/style/type.css).

const WAIT_FOR_PAINT_MS = 99;

/**
 * If the browser had to fetch this script, waits for the page to load. If the script came from the cache, the fonts are
 * probably cached too, so shows them at once.
 */
export function switchToSiteFonts(): void {
  const [own] = performance.getEntriesByName((document.currentScript as HTMLScriptElement).src);
  const show = () => document.body.classList.add("typeset");
  if ((own as PerformanceResourceTiming | undefined)?.transferSize)
    addEventListener("load", () => setTimeout(show, WAIT_FOR_PAINT_MS));
  else show();
}
