// If Stripe's form does not open, the gift moves to Stripe's own page. This script runs in the head, so most of it
// waits for DOMContentLoaded.
import { loadStripe } from "@stripe/stripe-js/pure";
import { getElement } from "./find-element";
import { handleDeclinedMonthlyOffer, showMonthlyOffer } from "./monthly-offer";

/** After this time the form counts as blocked. */
const OPENS_WITHIN_MS = 8_000;
/** The URL fragment that /give/start adds if the article is the previous page in the browser's history. */
const BACK = "#back";

showMonthlyOffer();
document.addEventListener("DOMContentLoaded", start);
// A page restored from the back/forward cache could show the form of a gift that is already paid.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

function start(): void {
  rememberWayBack();
  handleDeclinedMonthlyOffer();
  Promise.race([openForm(), late()]).catch(() => getElement<HTMLFormElement>("[data-pay-hosted]").submit());
}

async function openForm(): Promise<void> {
  const { pay: clientSecret = "", key = "", script } = getElement("[data-pay]").dataset;
  if (script) await load(script);
  // Keeps Stripe's script from watching how the page is used. Stripe's form still checks the payment itself.
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
 * Going back in history keeps the reader's place in the article. Stripe's frame adds entries to the same history, so
 * this is safe only with the Navigation API, or while the history has not grown.
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
