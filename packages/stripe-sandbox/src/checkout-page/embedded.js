// Runs in the embedded Checkout frame after the payment: reports it to the site's page, where stripe.js handles the message.
const page = document.querySelector("[data-complete]");
const { complete, next } = page instanceof HTMLElement ? page.dataset : {};
parent.postMessage({ from: "stripe-sandbox", type: "complete", session: complete, next: next || null }, "*");
