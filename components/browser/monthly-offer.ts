// The one offer on the payment page to give monthly instead of once. Who says no is not asked again on this device. Nothing is counted.
import { findElement, getElement } from "./find";

const KEY = "monthly-offer";
const DECLINED = "no";

export function offerMonthly(): void {
  const offer = findElement("[data-monthly]");
  if (!offer || !mayOffer()) return;
  offer.hidden = false;
  getElement("[data-monthly-no]", offer).onclick = () => {
    localStorage.setItem(KEY, DECLINED);
    offer.hidden = true;
    // The button is gone: the keyboard goes on at the gift.
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
