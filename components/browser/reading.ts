// How the reader is getting on with the page: what the banner's manners ask about.
import type { PageNow } from "../../domain/appeal/manners";

/** `ask` is the appeal that stands at the end of the text. */
export function pageNow({ openedAt, ask }: { openedAt: number; ask: Element | null }): PageNow {
  return {
    windowHeightPx: innerHeight,
    secondsOnPage: (performance.now() - openedAt) / 1000,
    shareRead: shareRead(ask),
    isTyping: isTyping(),
    isAskedAlready: ask !== null && isInSight(ask),
  };
}

/** How much of the text has come into the window beyond its first screen; a text that fits the window is read at once. */
function shareRead(end: Element | null): number {
  const textEnd = end ? end.getBoundingClientRect().top + scrollY : document.documentElement.scrollHeight;
  const beyondFirstScreen = textEnd - innerHeight;
  return beyondFirstScreen <= 0 ? 1 : Math.min(1, scrollY / beyondFirstScreen);
}

export function isTyping(): boolean {
  return document.activeElement?.matches("input:not([type=radio]), textarea, select") === true;
}

export function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}
