// Measures how far the reader has scrolled and what they are doing, for the banner's manners.
import type { PageState } from "../../domain/appeal/manners";

/** `ask`: the appeal at the end of the text. */
export function readPageState({ openedAt, ask }: { openedAt: number; ask: Element | null }): PageState {
  return {
    windowHeightPx: innerHeight,
    secondsOnPage: (performance.now() - openedAt) / 1000,
    shareRead: shareRead(ask),
    isTyping: isTyping(),
    isAskedAlready: ask !== null && isInSight(ask),
  };
}

/** The share of the text scrolled past the first screen, 0 to 1. A text that fits the window counts as read. */
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
