// Shows an offer to give monthly, unless the reader has declined it. Only the device stores that the reader declined;
// the server is not told.
import { findElement, getElement } from "./find-element";

const KEY = "monthly-offer";
const DECLINED = "no";

/**
 * Shows the offer, unless mayOffer() is false. Call this function before the browser shows the page, so that nothing
 * moves when the offer appears.
 */
export function showMonthlyOffer(): void {
  if (mayOffer()) document.documentElement.dataset.offers = "monthly";
}

export function listenForMonthlyOfferDecline(): void {
  const offer = findElement("[data-monthly]");
  if (!offer) return;
  getElement("[data-monthly-no]", offer).onclick = () => {
    localStorage.setItem(KEY, DECLINED);
    delete document.documentElement.dataset.offers;
    // The focused button has disappeared, so keyboard focus moves to the amount.
    getElement("[data-pay-amount]").focus();
  };
}

export function deleteMonthlyOfferDecline(): void {
  localStorage.removeItem(KEY);
}

/** Returns false if the reader has declined the offer, or if the device could not store that they decline. */
function mayOffer(): boolean {
  try {
    if (localStorage.getItem(KEY) === DECLINED) return false;
    localStorage.setItem(KEY, "");
    localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}
