// Stands in for Stripe's browser script. `__STRIPE_SANDBOX__` is replaced by the stand-in's URL when the script is
// served.
(() => {
  const BASE = "__STRIPE_SANDBOX__";
  /** @typedef {"paymentIntent" | "setupIntent"} Kind */
  /** @typedef {{ next_action?: { redirect_to_url?: { url?: string } } | null }} Intent */
  /** @typedef {{ error?: { message?: string } } & Partial<Record<Kind, Intent>>} Result */

  /** @type {Record<string, string>} */
  const INTENTS = { pi: "payment_intents", seti: "setup_intents" };

  /** @param {string} what */
  function notBuilt(what) {
    const message = `stripe-sandbox has not built this in stripe.js: ${what}`;
    console.error(message);
    return new Error(message);
  }

  /**
   * Wraps an object so that a call of an unknown member throws an error with its name.
   * @param {Record<string, unknown>} known @param {string} path
   */
  function loud(known, path) {
    return new Proxy(known, {
      get(target, name) {
        // A promise reads `then` and a console reads symbols; neither is a call by the page.
        if (typeof name === "symbol" || name === "then" || name === "toJSON" || name in target)
          return Reflect.get(target, name);
        return () => {
          throw notBuilt(`${path}${name}()`);
        };
      },
    });
  }

  /** @param {string} clientSecret */
  function intentUrl(clientSecret) {
    const [id = ""] = String(clientSecret).split("_secret_");
    const resource = INTENTS[id.split("_")[0] ?? ""];
    if (!resource || id === clientSecret) throw new Error(`Invalid value for clientSecret: ${clientSecret}`);
    return `${BASE}/v1/${resource}/${id}`;
  }

  /**
   * Returns the names and values of a form that encodes `value` as `a[b][c]=…`, which the API expects.
   * @param {unknown} value @param {string} prefix @returns {[string, string][]}
   */
  function pairsOf(value, prefix) {
    if (value === undefined || value === null) return [];
    if (typeof value !== "object") return [[prefix, String(value)]];
    return Object.entries(value).flatMap(([name, inner]) => pairsOf(inner, prefix ? `${prefix}[${name}]` : name));
  }

  /** @param {string} key */
  function apiFor(key) {
    /** @param {"GET" | "POST"} method @param {string} resource @param {Record<string, unknown>} params */
    async function call(method, resource, params) {
      const form = new URLSearchParams(pairsOf(params, ""));
      const url = method === "GET" ? `${resource}?${form}` : resource;
      const headers = { authorization: `Bearer ${key}` };
      const response = await fetch(url, { method, headers, body: method === "GET" ? undefined : form });
      const answer = await response.json();
      return response.ok ? { object: answer } : { error: answer.error };
    }

    /**
     * @param {Kind} kind @param {"GET" | "POST"} method @param {string} clientSecret
     * @param {Record<string, unknown>} [params] @param {string} [step] @returns {Promise<Result>}
     */
    async function intent(kind, method, clientSecret, params = {}, step = "") {
      const resource = `${intentUrl(clientSecret)}${step}`;
      const { object, error } = await call(method, resource, { client_secret: clientSecret, ...params });
      return error ? { error } : { [kind]: object };
    }
    return { intent };
  }

  /**
   * Returns the URL to which an intent sends the payer (3-D Secure), or null. @param {Result} result @param {Kind} kind
   */
  function redirectOf(result, kind) {
    return result[kind]?.next_action?.redirect_to_url?.url ?? null;
  }

  /** @param {string} clientSecret @param {{ onComplete?: () => void }} options */
  function embeddedCheckout(clientSecret, { onComplete }) {
    const [id, secret] = clientSecret.split("_secret_");
    const frame = document.createElement("iframe");
    frame.src = `${BASE}/c/pay/${id}/embedded/${secret}`;
    frame.title = "Checkout";
    frame.name = "embedded-checkout";
    frame.allow = "payment";
    Object.assign(frame.style, { border: "0", width: "100%", minHeight: "48rem", display: "block" });
    /** @type {"created" | "mounted" | "destroyed"} */
    let state = "created";

    /** @param {MessageEvent} event */
    function hear({ origin, source, data }) {
      if (origin !== BASE || source !== frame.contentWindow || data?.from !== "stripe-sandbox") return;
      if (data.type === "height") frame.style.minHeight = `${data.height}px`;
      if (data.type !== "complete") return;
      if (data.next === null) onComplete?.();
      else location.assign(data.next);
    }
    function unmount() {
      removeEventListener("message", hear);
      frame.remove();
      if (state !== "destroyed") state = "created";
    }
    return {
      mount(/** @type {string | Element} */ place) {
        if (state === "destroyed") throw new Error("This embedded Checkout has been destroyed.");
        const element = typeof place === "string" ? document.querySelector(place) : place;
        if (!element) throw new Error(`Invalid selector for mount: ${place}`);
        state = "mounted";
        addEventListener("message", hear);
        element.append(frame);
      },
      unmount,
      destroy() {
        unmount();
        state = "destroyed";
        embedded = null;
      },
    };
  }

  // Stripe allows one embedded Checkout per page.
  /** @type {ReturnType<typeof embeddedCheckout> | "being created" | null} */
  let embedded = null;

  /** @param {Record<string, unknown> & { clientSecret?: string, fetchClientSecret?: () => Promise<string>, onComplete?: () => void }} options */
  async function createEmbeddedCheckoutPage(options) {
    if (embedded) throw new Error("You cannot have multiple Embedded Checkout objects.");
    embedded = "being created";
    try {
      const clientSecret = await (options.fetchClientSecret ? options.fetchClientSecret() : options.clientSecret);
      if (!clientSecret || !/^cs_(test|live)_\w+_secret_\w+$/.test(clientSecret))
        throw new Error("The client secret of a Checkout Session was expected, cs_test_…_secret_….");
      for (const name of ["onShippingDetailsChange", "onLineItemsChange"]) if (options[name]) throw notBuilt(name);
      embedded = embeddedCheckout(clientSecret, options);
      return embedded;
    } catch (failure) {
      embedded = null;
      throw failure;
    }
  }

  /** @param {string | undefined} key */
  function Stripe(key) {
    if (!key || !/^pk_(test|live)_/.test(key))
      throw new Error("Please call Stripe() with your publishable key, pk_test_….");
    const { intent } = apiFor(key);

    /**
     * @typedef {{ clientSecret: string, confirmParams?: Record<string, unknown> & { return_url?: string }, redirect?: string,
     *   elements?: unknown }} ConfirmOptions
     * @param {Kind} kind @param {ConfirmOptions} options
     */
    async function confirm(kind, { clientSecret, confirmParams = {}, redirect = "always", elements }) {
      if (elements) throw notBuilt("elements: pass clientSecret and confirmParams.payment_method");
      const result = await intent(kind, "POST", clientSecret, confirmParams, "/confirm");
      const next =
        redirectOf(result, kind) ?? (redirect === "always" && !result.error ? confirmParams.return_url : null);
      if (next) location.assign(next);
      return result;
    }
    /** @param {{ clientSecret: string }} options */
    async function handleNextAction({ clientSecret }) {
      const kind = clientSecret.startsWith("seti_") ? "setupIntent" : "paymentIntent";
      const result = await intent(kind, "GET", clientSecret);
      const next = redirectOf(result, kind);
      if (next) location.assign(next);
      return result;
    }
    return loud(
      {
        _registerWrapper() {},
        createEmbeddedCheckoutPage,
        initEmbeddedCheckout() {
          throw new Error("initEmbeddedCheckout() was removed in dahlia: use createEmbeddedCheckoutPage() instead.");
        },
        redirectToCheckout() {
          throw new Error("redirectToCheckout() was removed: redirect to the Checkout Session's url instead.");
        },
        confirmPayment: (/** @type {ConfirmOptions} */ options) => confirm("paymentIntent", options),
        confirmSetup: (/** @type {ConfirmOptions} */ options) => confirm("setupIntent", options),
        retrievePaymentIntent: (/** @type {string} */ clientSecret) => intent("paymentIntent", "GET", clientSecret),
        retrieveSetupIntent: (/** @type {string} */ clientSecret) => intent("setupIntent", "GET", clientSecret),
        handleNextAction,
      },
      "stripe.",
    );
  }
  Stripe.version = "endive";
  // Keeps a Stripe object that the page already has. A second script tag of Stripe's own script does the same.
  Object.assign(window, { Stripe: Reflect.get(window, "Stripe") ?? Stripe });
})();
