// The browser should first show the text and the picture.

/** These show that the reader already uses the page. */
const USES = ["pointerdown", "keydown", "focusin", "input"];
/** Time for the browser to paint what has loaded. Work at the load event itself would delay the picture. */
const WAIT_FOR_PAINT_MS = 99;

/** Runs `start` once: soon after the page has loaded, or before the page handles the reader's first use of it. */
export function runWhenLoaded(start: () => void): void {
  const run = () => {
    for (const name of USES) removeEventListener(name, run, true);
    removeEventListener("load", wait);
    clearTimeout(timer);
    start();
  };
  let timer = 0;
  const wait = () => {
    timer = window.setTimeout(run, WAIT_FOR_PAINT_MS);
  };
  for (const name of USES) addEventListener(name, run, true);
  addEventListener("load", wait);
}
