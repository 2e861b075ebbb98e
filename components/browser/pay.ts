// Opens Stripe's form in our payment page. If the form does not open, moves the gift to Stripe's own page. The script
// runs in the head, so most of it waits for DOMContentLoaded.
import { loadStripe } from "@stripe/stripe-js/pure";
import { getElement } from "./find-element";
import { listenForMonthlyOfferDecline, showMonthlyOffer } from "./monthly-offer";

/** If Stripe's form has not opened within this time, the form counts as blocked. */
const OPENS_WITHIN_MS = 8_000;
/** /give/start adds this URL fragment if the article is the previous page in the browser's history. */
const BACK = "#back";

showMonthlyOffer();
document.addEventListener("DOMContentLoaded", start);
// Reloads the page if the reader goes back to it and the browser restores it from memory. The restored page could show
// the form of a gift that is already paid.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

function start(): void {
  rememberWayBack();
  listenForMonthlyOfferDecline();
  Promise.race([openForm(), late()]).catch(() => getElement<HTMLFormElement>("[data-pay-hosted]").submit());
}

async function openForm(): Promise<void> {
  const { pay: clientSecret = "", key = "", script } = getElement("[data-pay]").dataset;
  if (script) await load(script);
  // Keeps Stripe's own script from watching how the page is used. Stripe's form still checks the payment itself.
  else loadStripe.setLoadParameters({ advancedFraudSignals: false });
  const stripe = await loadStripe(key);
  const checkout = await stripe?.createEmbeddedCheckoutPage({ clientSecret });
  if (!checkout) throw new Error("Stripe's form did not open");
  checkout.mount(getElement("[data-pay-frame]"));
  getElement("[data-pay-opening]").hidden = true;
}

function load(src: string): Promise<void> {
  return new Promise((done, fail) => {
    const element = Object.assign(document.createElement("script"), { src, onload: () => done(), onerror: fail });
    document.head.append(element);
  });
}

function late(): Promise<never> {
  return new Promise((_, fail) => setTimeout(fail, OPENS_WITHIN_MS));
}

/**
 * Makes the "back" link go back in the browser's history, which keeps the reader's place in the article. Stripe's frame
 * can add entries to this history. Then only the Navigation API can still go back to the article. In a browser without
 * this API, the link then loads the article again.
 */
function rememberWayBack(): void {
  if (location.hash === BACK) history.replaceState({ length: history.length }, "", location.pathname + location.search);
  const link = document.querySelector<HTMLAnchorElement>("[data-pay-back]");
  link?.addEventListener("click", (event) => {
    const length: unknown = history.state?.length;
    if (!length || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if ("navigation" in window && navigation.canGoBack) navigation.back();
    else if (history.length === length) history.back();
    else return;
    event.preventDefault();
  });
}
