// Decides if the banner may show on a page now, from the device's memory and the state of the page.
import { type Hindrance, MANNERS, type Manners } from "./manners";
import { isReaderWilling, type ReaderMoment } from "./rest";

export type PageState = {
  windowHeightPx: number;
  secondsOnPage: number;
  shareRead: number;
  hindrances: Record<Hindrance, boolean>;
};

export function mayAsk({ page, ...remembered }: ReaderMoment & { page: PageState }): boolean {
  const { now, manners = MANNERS } = remembered;
  return isReaderWilling(remembered) && isPageFit(page, manners) && !isAppealOver(now, manners);
}

function isPageFit({ windowHeightPx, secondsOnPage, shareRead, hindrances }: PageState, manners: Manners): boolean {
  return (
    windowHeightPx >= MANNERS.smallestWindowPx &&
    secondsOnPage >= manners.secondsBeforeAsking &&
    shareRead >= manners.shareReadBeforeAsking &&
    !Object.values(hindrances).includes(true)
  );
}

/** A page that was opened before the appeal's end may still be read long after it. */
function isAppealOver(now: number, { appealEndsAt }: Manners): boolean {
  return appealEndsAt > 0 && now >= appealEndsAt;
}

/** True if the banner leaves enough of the window free. Call it last: measuring a hidden banner forces a layout. */
export function isBannerFit({ bannerHeightPx, windowHeightPx }: { bannerHeightPx: number; windowHeightPx: number }) {
  return bannerHeightPx <= windowHeightPx * MANNERS.largestShareOfWindow;
}
