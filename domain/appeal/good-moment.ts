import { type BannerHiddenReason, DEFAULT_MANNERS, type Manners } from "./manners";
import { isQuietPeriodOver, type QuietPeriodInputs } from "./quiet-period";

export type BannerTimingInputs = {
  windowHeightPx: number;
  secondsOnPage: number;
  shareRead: number;
  hindrances: Record<BannerHiddenReason, boolean>;
};

export function mayShowBanner({ page, ...remembered }: QuietPeriodInputs & { page: BannerTimingInputs }): boolean {
  const { now, manners = DEFAULT_MANNERS } = remembered;
  return isQuietPeriodOver(remembered) && isPageFit(page, manners) && !isAppealOver(now, manners);
}

function isPageFit(
  { windowHeightPx, secondsOnPage, shareRead, hindrances }: BannerTimingInputs,
  manners: Manners,
): boolean {
  return (
    windowHeightPx >= DEFAULT_MANNERS.smallestWindowPx &&
    secondsOnPage >= manners.secondsBeforeAsking &&
    shareRead >= manners.shareReadBeforeAsking &&
    !Object.values(hindrances).includes(true)
  );
}

/**
 * Returns true if the appeal has ended. A reader can open a page before the appeal's end and still read it long
 * afterwards.
 */
function isAppealOver(now: number, { appealEndsAt }: Manners): boolean {
  return appealEndsAt > 0 && now >= appealEndsAt;
}

/**
 * Returns true if the banner is not too high for the window. Check this last: to measure a hidden banner, the browser
 * must compute a layout.
 */
export function doesBannerFit({ bannerHeightPx, windowHeightPx }: { bannerHeightPx: number; windowHeightPx: number }) {
  return bannerHeightPx <= windowHeightPx * DEFAULT_MANNERS.largestShareOfWindow;
}
