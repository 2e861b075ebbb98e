// Helps with a payment form: groups digits, names the card's brand, checks a field when it loses focus, shows only the
// chosen method's fields, updates the amount on the button, and ignores a second press. The stand-in checks everything
// again, and the form works without this script.
const form = document.querySelector("form[data-errors]");
const errors = JSON.parse(form.dataset.errors);
const field = (name) => form.elements.namedItem(name);
const digits = (text) => text.replace(/[\s-]/g, "");

const BRANDS = [
  ["American Express", /^3[47]/],
  ["Diners Club", /^3[068]/],
  ["JCB", /^35/],
  ["Visa", /^4/],
  ["Mastercard", /^(5[1-5]|2[2-7])/],
  ["UnionPay", /^62/],
  ["Discover", /^6/],
];

function brandOf(number) {
  return BRANDS.find(([, starts]) => starts.test(number))?.[0] ?? "";
}

function passesLuhn(number) {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

function passesIban(iban) {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const turned = iban.slice(4) + iban.slice(0, 4);
  return BigInt(turned.replace(/[A-Z]/g, (letter) => letter.charCodeAt(0) - 55)) % 97n === 1n;
}

function reasonForExpiry(text) {
  const match = /^(\d{1,2})\s*\/\s*(\d{2}|\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text);
  if (!match || match[1] < 1 || match[1] > 12) return "cardExpiry";
  const year = Number(match[2]) + (match[2].length === 2 ? 2000 : 0);
  return Date.UTC(year, Number(match[1]), 1) <= Date.now() ? "cardExpiryPast" : null;
}

const CHECKS = {
  email: (text) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : "email"),
  cardNumber: (text) => (/^\d{13,19}$/.test(digits(text)) && passesLuhn(digits(text)) ? null : "cardNumber"),
  cardExpiry: reasonForExpiry,
  cardCvc(text) {
    const length = brandOf(digits(field("cardNumber")?.value ?? "")) === "American Express" ? 4 : 3;
    return new RegExp(`^\\d{${length}}$`).test(text) ? null : "cardCvc";
  },
  iban: (text) => (passesIban(text.replace(/\s/g, "").toUpperCase()) ? null : "iban"),
  phone: (text) => (/^\+?[\d\s()-]{6,20}$/.test(text) ? null : "phone"),
};

function reasonFor(input) {
  if (input.type === "checkbox") return input.required && !input.checked ? "terms" : null;
  const text = input.value.trim();
  if (text === "") return input.required ? "required" : null;
  if (input.inputMode === "numeric" && input.name.startsWith("custom_") && !/^\d+$/.test(text)) return "digits";
  return CHECKS[input.name]?.(text) ?? null;
}

/** Hidden fields are not checked. */
function needsCheck(input) {
  return input.name !== "" && !input.closest("[hidden]") && Boolean(document.getElementById(`${input.name}-error`));
}

function show(input, reason) {
  const note = document.getElementById(`${input.name}-error`);
  note.hidden = reason === null;
  note.textContent = reason === null ? "" : errors[reason];
  if (reason === null) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
    return;
  }
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", note.id);
}

function check(input) {
  const reason = reasonFor(input);
  show(input, reason);
  return reason === null;
}

form.addEventListener("focusout", ({ target }) => {
  // An empty field is not an error yet: the payer may come back to it.
  if (target.name && needsCheck(target) && target.value.trim() !== "") check(target);
});

form.addEventListener("input", ({ target }) => {
  if (target.getAttribute("aria-invalid") === "true" && reasonFor(target) === null) show(target, null);
  if (target.name === "cardNumber") groupNumber(target);
  if (target.name === "cardExpiry") separateExpiry(target);
});

/** Fields are reformatted only while typing at the end, so that a caret in the middle does not jump. */
function isAtEnd(input) {
  return input.selectionStart === input.value.length;
}

function groupNumber(input) {
  const number = digits(input.value);
  nameBrand(input, brandOf(number));
  if (!isAtEnd(input) || !/^\d*$/.test(number)) return;
  const groups = /^3[47]/.test(number) ? /^(\d{1,4})(\d{1,6})?(\d{1,5})?/ : /^(\d{1,4})(\d{1,4})?(\d{1,4})?(\d{1,7})?/;
  const parts = groups.exec(number)?.slice(1).filter(Boolean) ?? [];
  if (parts.join("").length === number.length) input.value = parts.join(" ");
}

function nameBrand(input, brand) {
  const box = input.closest(".field");
  const label = box.querySelector(".brand") ?? document.createElement("span");
  label.className = "brand";
  label.setAttribute("aria-live", "polite");
  if (label.textContent !== brand) label.textContent = brand;
  if (!label.isConnected) box.append(label);
}

let formerExpiry = "";
function separateExpiry(input) {
  const isTyped = input.value.length > formerExpiry.length;
  if (isTyped && isAtEnd(input)) {
    if (/^[2-9]$/.test(input.value)) input.value = `0${input.value}`;
    if (/^\d{2}$/.test(input.value)) input.value += " / ";
    if (/^\d{2}\s?\/$/.test(input.value)) input.value = `${input.value.slice(0, 2)} / `;
  }
  formerExpiry = input.value;
}

const methods = [...form.querySelectorAll("input[name=method]")];
function showChosenMethod() {
  for (const radio of methods) radio.closest(".method").querySelector(".method-fields").hidden = !radio.checked;
}
for (const radio of methods) radio.addEventListener("change", showChosenMethod);
showChosenMethod();

const country = field("country");
function askPostalCode() {
  const box = form.querySelector('[data-field="postalCode"]');
  if (box && !field("line1")) box.hidden = !form.dataset.postal.split(",").includes(country.value);
}
country?.addEventListener("change", askPostalCode);
if (country) askPostalCode();

let sent = false;
form.addEventListener("submit", (event) => {
  if (sent) return event.preventDefault();
  if (event.submitter?.value === "update") return;
  const wrong = [...form.elements].filter((input) => needsCheck(input) && !check(input));
  if (wrong.length > 0) {
    event.preventDefault();
    wrong[0].focus();
    return;
  }
  sent = true;
  const button = form.querySelector(".SubmitButton");
  button.setAttribute("aria-disabled", "true");
  button.dataset.label = button.textContent;
  button.querySelector(".label").textContent = form.dataset.processing;
});

// The page may return from the back/forward cache: enable the button again.
addEventListener("pageshow", ({ persisted }) => {
  const button = form.querySelector(".SubmitButton");
  if (!persisted || !sent) return;
  sent = false;
  button.removeAttribute("aria-disabled");
  button.querySelector(".label").textContent = button.dataset.label;
});

const update = form.querySelector(".without-script");
for (const input of form.elements) {
  if (input.name !== "ownAmount" && !input.name.startsWith("quantity_")) continue;
  input.addEventListener("change", () => form.requestSubmit(update));
}
if (update) update.hidden = true;

// Tells the page around the frame this page's height.
if (parent !== window)
  new ResizeObserver(() => {
    const height = document.documentElement.scrollHeight;
    parent.postMessage({ from: "stripe-sandbox", type: "height", height }, "*");
  }).observe(document.body);
