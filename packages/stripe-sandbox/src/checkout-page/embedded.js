// Inside a frame of the site's own page, after the payment: tells the page around it, whose stripe.js goes on from there.
const { complete, next } = document.querySelector("[data-complete]").dataset;
parent.postMessage({ from: "stripe-sandbox", type: "complete", session: complete, next: next || null }, "*");
