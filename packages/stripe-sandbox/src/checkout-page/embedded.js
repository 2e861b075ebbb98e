// Runs in a frame of the site's page after the payment: tells the page around it, where stripe.js continues.
const page = document.querySelector("[data-complete]");
const { complete, next } = page instanceof HTMLElement ? page.dataset : {};
parent.postMessage({ from: "stripe-sandbox", type: "complete", session: complete, next: next || null }, "*");
