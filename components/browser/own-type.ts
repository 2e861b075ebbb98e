// Shows the site's own typefaces once the picture is there. On a slow line they would compete with it, and the text can be read before
// they come (components/style/type.css).

const WAIT_FOR_PAINT_MS = 99;

/** If this script came from the browser's cache, the typefaces are there too and need not wait. */
export function showOwnType(): void {
  const [own] = performance.getEntriesByName((document.currentScript as HTMLScriptElement).src);
  const show = () => document.body.classList.add("typeset");
  if ((own as PerformanceResourceTiming | undefined)?.transferSize)
    addEventListener("load", () => setTimeout(show, WAIT_FOR_PAINT_MS));
  else show();
}
