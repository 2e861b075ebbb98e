// The offer on the payment page to give monthly instead of once. After a refusal, this device never shows it again. Nothing is counted.
import { findElement, getElement } from "./find";

const KEY = "monthly-offer";
const DECLINED = "no";

/** Call it before the page is rendered, so that nothing moves when the offer appears. */
export function showMonthlyOffer(): void {
  if (mayOffer()) document.documentElement.dataset.offers = "monthly";
}

export function listenToMonthlyOffer(): void {
  const offer = findElement("[data-monthly]");
  if (!offer) return;
  getElement("[data-monthly-no]", offer).onclick = () => {
    localStorage.setItem(KEY, DECLINED);
    delete document.documentElement.dataset.offers;
    // The focused button is gone, so keyboard focus moves to the amount.
    getElement("[data-pay-amount]").focus();
  };
}

export function forgetMonthlyOffer(): void {
  localStorage.removeItem(KEY);
}

/** A device that cannot store a refusal is never asked. */
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
