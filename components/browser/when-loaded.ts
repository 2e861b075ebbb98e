// The browser should first show the text and the picture.

/** These show that the reader already uses the page. */
const USES = ["pointerdown", "keydown", "focusin"];

/** Runs `start` once: when the page has loaded, or before the page handles the reader's first use of it. */
export function whenLoaded(start: () => void): void {
  const events = ["load", ...USES];
  const run = () => {
    for (const name of events) removeEventListener(name, run, true);
    start();
  };
  for (const name of events) addEventListener(name, run, true);
}
