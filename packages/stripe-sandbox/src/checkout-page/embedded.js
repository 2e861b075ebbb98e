// Runs in a frame of the site's page after the payment: tells the page around it, where stripe.js continues.
const { complete, next } = document.querySelector("[data-complete]").dataset;
parent.postMessage({ from: "stripe-sandbox", type: "complete", session: complete, next: next || null }, "*");
