const page = document.querySelector("[data-complete]");
const { complete, next } = page instanceof HTMLElement ? page.dataset : {};
parent.postMessage({ from: "stripe-sandbox", type: "complete", session: complete, next: next || null }, "*");
