// Checks and formats what the payer types. The form works without this script, and the stand-in checks everything
// again.
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

const form = find(document, "form[data-errors]", HTMLFormElement);
/** @type {Record<string, string>} */
const errors = JSON.parse(form.dataset.errors ?? "{}");
const first = document.querySelector("[data-focus]");
if (first instanceof HTMLElement) first.focus();
const digits = (/** @type {string} */ text) => text.replace(/[\s-]/g, "");

/**
 * Returns the element, or throws if the page has no such element.
 * @template {Element} T @param {ParentNode} root @param {string} selector @param {new () => T} type @returns {T}
 */
function find(root, selector, type) {
  const element = root.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`the form has no ${selector}`);
  return element;
}

/** @param {unknown} element @returns {element is Field} */
function isField(element) {
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
}

/** @param {string} name @returns {Field | null} */
function field(name) {
  const element = form.elements.namedItem(name);
  return isField(element) ? element : null;
}

/** @type {[name: string, starts: RegExp][]} */
const BRANDS = [
  ["American Express", /^3[47]/],
  ["Diners Club", /^3[068]/],
  ["JCB", /^35/],
  ["Visa", /^4/],
  ["Mastercard", /^(5[1-5]|2[2-7])/],
  ["UnionPay", /^62/],
  ["Discover", /^6/],
];

/** @param {string} number */
function brandOf(number) {
  return BRANDS.find(([, starts]) => starts.test(number))?.[0] ?? "";
}

/** @param {string} number */
function passesLuhn(number) {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** @param {string} iban */
function passesIban(iban) {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const turned = iban.slice(4) + iban.slice(0, 4);
  return BigInt(turned.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) % 97n === 1n;
}

/** @param {string} text */
function reasonForExpiry(text) {
  const match = /^(\d{1,2})\s*\/\s*(\d{2}|\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})$/.exec(text);
  const [, monthText = "", yearText = ""] = match ?? [];
  const month = Number(monthText);
  if (month < 1 || month > 12) return "cardExpiry";
  const year = Number(yearText) + (yearText.length === 2 ? 2000 : 0);
  return Date.UTC(year, month, 1) <= Date.now() ? "cardExpiryPast" : null;
}

/** @type {Record<string, (text: string) => string | null>} */
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

/** @param {Field} input */
function reasonFor(input) {
  if (input instanceof HTMLInputElement && input.type === "checkbox")
    return input.required && !input.checked ? "terms" : null;
  const text = input.value.trim();
  if (text === "") return input.required ? "required" : null;
  if (input.inputMode === "numeric" && input.name.startsWith("custom_") && !/^\d+$/.test(text)) return "digits";
  return CHECKS[input.name]?.(text) ?? null;
}

/** True for a visible field with a place for its error. @param {Field} input */
function needsCheck(input) {
  return input.name !== "" && !input.closest("[hidden]") && Boolean(document.getElementById(`${input.name}-error`));
}

/** @param {Field} input @param {string | null} reason */
function show(input, reason) {
  const note = document.getElementById(`${input.name}-error`);
  if (!note) return;
  note.hidden = reason === null;
  note.textContent = reason === null ? "" : (errors[reason] ?? "");
  if (reason === null) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
    return;
  }
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", note.id);
}

/** @param {Field} input */
function check(input) {
  const reason = reasonFor(input);
  show(input, reason);
  return reason === null;
}

form.addEventListener("focusout", ({ target }) => {
  // Does not report an empty field, because the payer can come back to it.
  if (isField(target) && target.name && needsCheck(target) && target.value.trim() !== "") check(target);
});

form.addEventListener("input", ({ target }) => {
  if (!isField(target)) return;
  if (target.getAttribute("aria-invalid") === "true" && reasonFor(target) === null) show(target, null);
  if (!(target instanceof HTMLInputElement)) return;
  if (target.name === "cardNumber") groupNumber(target);
  if (target.name === "cardExpiry") separateExpiry(target);
});

/**
 * True if the caret is at the end. Only then is a field reformatted, so that a caret in the middle does not jump.
 * @param {HTMLInputElement} input
 */
function isAtEnd(input) {
  return input.selectionStart === input.value.length;
}

/** @param {HTMLInputElement} input */
function groupNumber(input) {
  const number = digits(input.value);
  nameBrand(input, brandOf(number));
  if (!isAtEnd(input) || !/^\d*$/.test(number)) return;
  const groups = /^3[47]/.test(number) ? /^(\d{1,4})(\d{1,6})?(\d{1,5})?/ : /^(\d{1,4})(\d{1,4})?(\d{1,4})?(\d{1,7})?/;
  const parts = groups.exec(number)?.slice(1).filter(Boolean) ?? [];
  if (parts.join("").length === number.length) input.value = parts.join(" ");
}

/** @param {HTMLInputElement} input @param {string} brand */
function nameBrand(input, brand) {
  const box = input.closest(".field");
  if (!box) return;
  const label = box.querySelector(".brand") ?? document.createElement("span");
  label.className = "brand";
  label.setAttribute("aria-live", "polite");
  if (label.textContent !== brand) label.textContent = brand;
  if (!label.isConnected) box.append(label);
}

let formerExpiry = "";
/** @param {HTMLInputElement} input */
function separateExpiry(input) {
  const isTyped = input.value.length > formerExpiry.length;
  if (isTyped && isAtEnd(input)) {
    if (/^[2-9]$/.test(input.value)) input.value = `0${input.value}`;
    if (/^\d{2}$/.test(input.value)) input.value += " / ";
    if (/^\d{2}\s?\/$/.test(input.value)) input.value = `${input.value.slice(0, 2)} / `;
    // Keeps a single slash if the payer also types one.
    input.value = input.value.replace(/^(\d{2} \/ )[\s/]+/, "$1");
  }
  formerExpiry = input.value;
}

/** @type {NodeListOf<HTMLInputElement>} */
const methods = form.querySelectorAll("input[name=method]");
function showChosenMethod() {
  for (const radio of methods) {
    const fields = radio.closest(".method")?.querySelector(".method-fields");
    if (fields instanceof HTMLElement) fields.hidden = !radio.checked;
  }
}
for (const radio of methods) radio.addEventListener("change", showChosenMethod);
showChosenMethod();

const country = field("country");
function askPostalCode() {
  const box = form.querySelector('[data-field="postalCode"]');
  if (!(box instanceof HTMLElement) || !country || field("line1")) return;
  box.hidden = !form.dataset.postal?.split(",").includes(country.value);
}
country?.addEventListener("change", askPostalCode);
if (country) askPostalCode();

let sent = false;
form.addEventListener("submit", (event) => {
  if (sent) return event.preventDefault();
  if (event.submitter instanceof HTMLButtonElement && event.submitter.value === "update") return;
  const [firstWrong] = [...form.elements].filter(isField).filter((input) => needsCheck(input) && !check(input));
  if (firstWrong) {
    event.preventDefault();
    firstWrong.focus();
    return;
  }
  sent = true;
  const button = find(form, ".SubmitButton", HTMLElement);
  button.setAttribute("aria-disabled", "true");
  button.dataset.label = button.textContent ?? "";
  find(button, ".label", HTMLElement).textContent = form.dataset.processing ?? "";
});

// The browser can restore the page from its back/forward cache. Then the button must be enabled again.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted || !sent) return;
  sent = false;
  const button = find(form, ".SubmitButton", HTMLElement);
  button.removeAttribute("aria-disabled");
  find(button, ".label", HTMLElement).textContent = button.dataset.label ?? "";
});

/** @type {HTMLButtonElement | null} */
const update = form.querySelector(".without-script");
for (const input of form.elements) {
  if (!isField(input)) continue;
  if (input.name !== "customAmount" && !input.name.startsWith("quantity_")) continue;
  input.addEventListener("change", () => form.requestSubmit(update));
}
if (update) update.hidden = true;

// Tells the site's page the height, because that page resizes the frame.
if (parent !== window)
  new ResizeObserver(() => {
    const height = document.documentElement.scrollHeight;
    parent.postMessage({ from: "stripe-sandbox", type: "height", height }, "*");
  }).observe(document.body);
