// Shows and hides the banner. If its form is open, the first Escape closes only the form, and the second one the
// banner.

import { doesBannerFit, mayShowBanner } from "../../domain/appeal/good-moment";
import type { WayToCloseBanner } from "../../domain/appeal/manners";
import {
  memoryAfterVisit,
  readerMemoryAfterClosingBanner,
  readerMemoryAfterShowingBanner,
} from "../../domain/appeal/memory-changes";
import { isQuietPeriodOver, mayShowLaterTodayButton } from "../../domain/appeal/quiet-period";
import type { DeviceReportEvent } from "../../domain/appeal/reports";
import { isHeldOutAfterAssigningArm, reportAppealShown, reportEvents } from "./experiment";
import { findElement } from "./find-element";
import { parseMannersAttribute } from "./own-manners";
import { isInSight, isZoomed, readBannerTimingInputs } from "./page-state";
import { updateReaderMemory } from "./reader-memory";

const CHECK_INTERVAL_MS = 500;
const IN = "banner-in";
const OPEN = "banner-open";
/** The ways to close the banner that are reported under their own name. All others are reported as `closed`. */
const REPORTED: Partial<Record<WayToCloseBanner, DeviceReportEvent>> = {
  "already-gave": "already-gave",
  reminder: "reminder",
};

export function showBannerAtGoodMoment(banner: HTMLElement): void {
  const ask = findElement("[data-appeal-end]");
  listen(banner);
  const manners = parseMannersAttribute();
  const reader = updateReaderMemory((memory, now) => memoryAfterVisit(memory, now, manners));
  // If the device's stored data already rules out a banner, this script does not watch for a good moment.
  if (!reader || !isQuietPeriodOver({ reader, now: Date.now(), manners })) return;
  const openedAt = performance.now();
  const watch = setInterval(() => {
    if (!banner.hidden) clearInterval(watch);
    else if (
      mayShowBanner({
        reader,
        now: Date.now(),
        page: readBannerTimingInputs({ openedAt, articleAppeal: ask }),
        manners,
      }) &&
      fits(heightIfShown(banner))
    ) {
      clearInterval(watch);
      void askReader(banner);
      if (ask) withdrawAt(ask, banner);
    }
  }, CHECK_INTERVAL_MS);
}

async function askReader(banner: HTMLElement): Promise<void> {
  const isQuiet = await isHeldOutAfterAssigningArm();
  // Reads the stored data again, because the banner may meanwhile have been shown or closed in another tab.
  const latest = updateReaderMemory((reader) => reader);
  const manners = parseMannersAttribute();
  if (!latest || !isQuietPeriodOver({ reader: latest, now: Date.now(), manners })) return;
  const reader = updateReaderMemory(readerMemoryAfterShowingBanner);
  if (!reader) return;
  const later = findElement("[data-banner-close=later]", banner);
  // Hides the button "later today" if the rules do not allow the banner to appear again today.
  if (later) later.hidden = !mayShowLaterTodayButton({ reader, now: Date.now(), manners });
  void reportAppealShown("banner", latest.views.length === 0);
  if (!isQuiet) show(banner);
}

function listen(banner: HTMLElement): void {
  const opener = findElement("[data-banner-open]", banner);
  const again = findElement("[data-appeal-again]");
  for (const closer of banner.querySelectorAll<HTMLElement>("[data-banner-close]")) {
    const way = closer.dataset.bannerClose as WayToCloseBanner;
    closer.addEventListener("click", () => {
      void reportEvents([REPORTED[way] ?? "closed"], "banner");
      close(banner, way);
    });
  }
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || banner.hidden) return;
    if (isOpen(banner)) return fold(banner);
    void reportEvents(["closed"], "banner");
    close(banner, "not-now");
  });
  opener?.addEventListener("click", () => {
    setOpen(banner, !isOpen(banner));
    if (isOpen(banner)) void reportEvents(["opened"], "banner");
  });
  if (again) again.hidden = false;
  again?.addEventListener("click", async () => {
    // Shows the banner even on a device of the experiment's control group, because the reader has asked for it.
    await reportAppealShown("banner");
    show(banner);
    setOpen(banner, true);
    opener?.focus();
  });
  const adapt = () => {
    // Hides the banner if it no longer fits, for example after the reader turned the phone. This is not stored as if
    // the reader had closed the banner.
    if (!banner.hidden && !isBusy(banner) && (isZoomed() || !fits(banner.offsetHeight))) hide(banner);
    makeRoom(banner);
  };
  new ResizeObserver(adapt).observe(banner);
  addEventListener("resize", adapt);
  window.visualViewport?.addEventListener("resize", adapt);
}

function fold(banner: HTMLElement): void {
  const hadFocus = findElement("[data-banner-form]", banner)?.contains(document.activeElement);
  setOpen(banner, false);
  if (hadFocus) findElement("[data-banner-open]", banner)?.focus();
}

function fits(bannerHeightPx: number): boolean {
  return doesBannerFit({ bannerHeightPx, windowHeightPx: innerHeight });
}

/** Returns the height that the banner would have. Shows it only while measuring, so the browser never paints it. */
function heightIfShown(banner: HTMLElement): number {
  banner.hidden = false;
  const height = banner.offsetHeight;
  banner.hidden = true;
  return height;
}

function show(banner: HTMLElement): void {
  banner.hidden = false;
  makeRoom(banner);
  // Waits for a painted frame, so that the banner slides in from its starting position.
  requestAnimationFrame(() => requestAnimationFrame(() => banner.classList.add(IN)));
}

function close(banner: HTMLElement, way: WayToCloseBanner): void {
  const manners = parseMannersAttribute();
  updateReaderMemory((reader, at) => readerMemoryAfterClosingBanner(reader, { way, at, manners }));
  // Focus moves to the article's text, so that keyboard readers do not continue at the top of the page.
  if (banner.contains(document.activeElement)) findElement("#main")?.focus({ preventScroll: true });
  hide(banner);
}

function hide(banner: HTMLElement): void {
  setOpen(banner, false);
  banner.classList.remove(IN);
  banner.hidden = true;
  makeRoom(banner);
}

function setOpen(banner: HTMLElement, open: boolean): void {
  findElement("[data-banner-open]", banner)?.setAttribute("aria-expanded", String(open));
  const form = findElement("[data-banner-form]", banner);
  if (form) form.hidden = !open;
  banner.classList.toggle(OPEN, open);
}

function isOpen(banner: HTMLElement): boolean {
  return banner.classList.contains(OPEN);
}

function isBusy(banner: HTMLElement): boolean {
  return isOpen(banner) || banner.contains(document.activeElement);
}

function withdrawAt(ask: Element, banner: HTMLElement): void {
  addEventListener(
    "scroll",
    () => {
      if (!banner.hidden && !isBusy(banner) && isInSight(ask)) hide(banner);
    },
    { passive: true },
  );
}

/**
 * Reserves space below the text, so that the banner with its form closed does not cover the last line or the focused
 * element.
 */
function makeRoom(banner: HTMLElement): void {
  const height = banner.hidden || isOpen(banner) ? 0 : banner.offsetHeight;
  document.documentElement.style.setProperty("--banner-room", `${height}px`);
}
