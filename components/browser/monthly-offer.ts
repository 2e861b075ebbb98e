// The one offer on the payment page to give monthly instead of once. After a no, this device does not ask again. Nothing is counted.
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
