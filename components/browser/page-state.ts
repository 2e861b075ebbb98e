import type { BannerTimingInputs } from "../../domain/appeal/good-moment";

/**
 * Returns facts about the page and the window that decide if the banner may appear now. `articleAppeal`: the appeal at
 * the end of the text, or null if the page has none. `openedAt`: when the page was opened, by performance.now().
 */
export function readBannerTimingInputs({
  openedAt,
  articleAppeal,
}: {
  openedAt: number;
  articleAppeal: Element | null;
}): BannerTimingInputs {
  return {
    windowHeightPx: innerHeight,
    secondsOnPage: (performance.now() - openedAt) / 1000,
    shareRead: shareRead(articleAppeal),
    hindrances: {
      hidden: document.hidden,
      typing: document.activeElement?.matches("input:not([type=radio]), textarea, select") === true,
      "reading-aloud": isReadAloud(),
      zoomed: isZoomed(),
      printing: matchMedia("print").matches,
      "asked-already": articleAppeal !== null && isInSight(articleAppeal),
    },
  };
}

/**
 * Returns true if a program seems to read the text aloud. Only the browser's own speech can be queried. Other programs
 * read a selection, so every selection counts.
 */
function isReadAloud(): boolean {
  return window.speechSynthesis?.speaking || getSelection()?.isCollapsed === false;
}

export function isZoomed(): boolean {
  return (window.visualViewport?.scale ?? 1) > 1.05;
}

/**
 * Returns how far the reader has scrolled, as a share of the text below the first screen, from 0 to 1. A text that fits
 * into the window counts as read.
 */
function shareRead(end: Element | null): number {
  const textEnd = end ? end.getBoundingClientRect().top + scrollY : document.documentElement.scrollHeight;
  const beyondFirstScreen = textEnd - innerHeight;
  return beyondFirstScreen <= 0 ? 1 : Math.min(1, scrollY / beyondFirstScreen);
}

export function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}

/**
 * Calls `act` once, as soon as the element is in the window or within `rootMargin` of it. Never calls it while the
 * element is hidden.
 */
export function runWhenNearViewport(element: Element, rootMargin: string, act: () => void): void {
  const observer = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      act();
    },
    { rootMargin },
  );
  observer.observe(element);
}
