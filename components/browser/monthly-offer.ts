// A device that stores the reader's refusal does not show the offer again. Nothing about it is reported to the
// server.
import { findElement, getElement } from "./find-element";

const KEY = "monthly-offer";
const DECLINED = "no";

/** Must be called before the page is rendered, so that nothing moves when the offer appears. */
export function showMonthlyOffer(): void {
  if (mayOffer()) document.documentElement.dataset.offers = "monthly";
}

export function handleDeclinedMonthlyOffer(): void {
  const offer = findElement("[data-monthly]");
  if (!offer) return;
  getElement("[data-monthly-no]", offer).onclick = () => {
    localStorage.setItem(KEY, DECLINED);
    delete document.documentElement.dataset.offers;
    // The focused button is gone, so keyboard focus moves to the amount.
    getElement("[data-pay-amount]").focus();
  };
}

export function deleteDeclinedMonthlyOffer(): void {
  localStorage.removeItem(KEY);
}

/** False if the reader has declined, or if the device cannot store that they decline. */
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
