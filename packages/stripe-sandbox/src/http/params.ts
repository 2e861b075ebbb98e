// Readers for the parameters of API calls. At Stripe an empty string means "unset", so most readers return null for it.
import { invalidRequest, unsupportedError } from "./errors";
import type { FormMap, FormValue } from "./form";

export type ParamReader<T> = {
  read(value: FormValue | undefined, at: string): T;
  /**
   * The ParamReader of each nested parameter, under the parameter's name. The name is "*" if the caller chooses the
   * names.
   */
  inner?: ParamShape;
  /** True if Stripe accepts the parameter but this stand-in does not. */
  isUnsupported?: true;
  /** True if the reader accepts only certain values. */
  hasChoices?: true;
};
export type ParamShape = Record<string, ParamReader<unknown>>;
export type ParsedParams<S extends ParamShape> = { [K in keyof S]: S[K] extends ParamReader<infer T> ? T : never };
type Present<T> = Exclude<T, null | undefined>;

function scalar<T>(parse: (text: string, at: string) => T): ParamReader<T | null | undefined> {
  return {
    read(value, at) {
      if (value === undefined) return undefined;
      if (typeof value !== "string") throw invalidRequest(`Invalid string: ${JSON.stringify(value)}`, { param: at });
      return value === "" ? null : parse(value, at);
    },
  };
}

export function text(options: { max?: number } = {}) {
  const max = options.max ?? 5_000;
  return scalar((value, at) => {
    if (value.length > max) {
      const shown = `${value.slice(0, 20)}...`;
      throw invalidRequest(`Invalid string: ${shown}; must be at most ${max} characters`, { param: at });
    }
    return value;
  });
}

export function integer(options: { min?: number; max?: number } = {}) {
  return scalar((value, at) => {
    const code = "parameter_invalid_integer";
    const number = Number(value);
    if (!/^-?\d{1,15}$/.test(value))
      throw invalidRequest(`Invalid integer: ${value.slice(0, 50)}`, { code, param: at });
    if (options.min !== undefined && number < options.min)
      throw invalidRequest(`This value must be greater than or equal to ${options.min}.`, { code, param: at });
    if (options.max !== undefined && number > options.max)
      throw invalidRequest(`This value must be less than or equal to ${options.max}.`, { code, param: at });
    return number;
  });
}

/**
 * Reads a number with up to 12 decimal places. Returns the number as text: a JavaScript number could round it, and
 * Stripe does not.
 */
export function decimalString(options: { min?: number; max?: number } = {}) {
  return scalar((value, at) => {
    if (!/^-?\d{1,15}(\.\d{1,12})?$/.test(value))
      throw invalidRequest(`Invalid decimal: ${value.slice(0, 50)}`, { param: at });
    const number = Number(value);
    if (options.min !== undefined && number < options.min)
      throw invalidRequest(`This value must be greater than or equal to ${options.min}.`, { param: at });
    if (options.max !== undefined && number > options.max)
      throw invalidRequest(`This value must be less than or equal to ${options.max}.`, { param: at });
    return value;
  });
}

/** Reads a boolean. Accepts upper case, because older Python and .NET packages send `True`. */
export function boolean() {
  return scalar((value, at) => {
    const word = value.toLowerCase();
    if (word !== "true" && word !== "false")
      throw invalidRequest(`Invalid boolean: ${value.slice(0, 50)}`, { param: at });
    return word === "true";
  });
}

export function oneOf<const T extends string>(...choices: T[]): ParamReader<T | null | undefined> {
  const reader = scalar((value, at): T => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw mustBeOneOfError(at, choices);
    return found;
  });
  return { ...reader, hasChoices: true };
}

export function mustBeOneOfError(paramPath: string, choices: readonly string[]) {
  return invalidRequest(`Invalid ${paramPath}: must be one of ${sentence(choices)}`, { param: paramPath });
}

function sentence(values: readonly string[]): string {
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")}, or ${values.at(-1)}`;
}

export function email() {
  return scalar((value, at) => {
    if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) && value.length <= 512) return value;
    throw invalidRequest(`Invalid email address: ${value.slice(0, 100)}`, { code: "email_invalid", param: at });
  });
}

export function url() {
  return scalar((value, at) => {
    if (/^https?:\/\/[^/\s]+/i.test(value) && URL.canParse(value)) return value;
    throw invalidRequest("Not a valid URL", { code: "url_invalid", param: at });
  });
}

export function requiredParam<T>(reader: ParamReader<T>): ParamReader<Present<T>> {
  return {
    ...insideOf(reader),
    read(value, at) {
      if (value === undefined)
        throw invalidRequest(`Missing required param: ${at}.`, { code: "parameter_missing", param: at });
      if (value === "") throw emptyRefused(at);
      return present(reader.read(value, at), at);
    },
  };
}

/** Returns the properties that a ParamReader must copy from the ParamReader that it wraps. */
function insideOf({ inner, isUnsupported, hasChoices }: ParamReader<unknown>) {
  return { ...(inner && { inner }), ...(isUnsupported && { isUnsupported }), ...(hasChoices && { hasChoices }) };
}

function present<T>(value: T, at: string): Present<T> {
  if (value === null || value === undefined) throw emptyRefused(at);
  return value as Present<T>;
}

function emptyRefused(at: string) {
  const message = `You passed an empty string for '${at}'. We assume empty values are an attempt to unset a parameter; however '${at}' cannot be unset. You should remove '${at}' from your request or supply a non-empty value.`;
  return invalidRequest(message, { code: "parameter_invalid_empty", param: at });
}

export function list<T>(item: ParamReader<T>, options: { max?: number } = {}): ParamReader<Present<T>[] | undefined> {
  return {
    ...insideOf(item),
    read(value, at) {
      if (value === undefined || value === "") return undefined;
      if (!Array.isArray(value)) throw invalidRequest("Invalid array", { param: at });
      if (value.length > (options.max ?? 100))
        throw invalidRequest(`Array too long: at most ${options.max ?? 100} items are allowed.`, { param: at });
      return value.map((entry, index) => present(item.read(entry, `${at}[${index}]`), `${at}[${index}]`));
    },
  };
}

export function object<S extends ParamShape>(shape: S): ParamReader<ParsedParams<S> | null | undefined> {
  return {
    inner: shape,
    read(value, at) {
      if (value === undefined) return undefined;
      if (value === "") return null;
      if (!isMap(value)) throw invalidRequest("Invalid object", { param: at });
      return readShape(value, shape, (name) => `${at}[${name}]`);
    },
  };
}

/** Reads an object whose keys the caller chooses, as in currency_options. */
export function mapOf<T>(item: ParamReader<T>): ParamReader<Record<string, Present<T>> | undefined> {
  return {
    inner: { "*": item },
    read(value, at) {
      if (value === undefined || value === "") return undefined;
      if (!isMap(value)) throw invalidRequest("Invalid object", { param: at });
      const entries = Object.entries(value);
      return Object.fromEntries(
        entries.map(([name, entry]) => [name, present(item.read(entry, `${at}[${name}]`), `${at}[${name}]`)]),
      );
    },
  };
}

export function textOrObject<A, B>(text: ParamReader<A>, map: ParamReader<B>): ParamReader<A | B> {
  return { ...insideOf(map), read: (value, at) => (typeof value === "object" ? map : text).read(value, at) };
}

/** Reads metadata. Returns null for an empty string, which removes all metadata. */
export function metadata(): ParamReader<Record<string, string> | null | undefined> {
  return {
    read(value, at) {
      if (value === undefined) return undefined;
      if (value === "") return null;
      if (!isMap(value) && !Array.isArray(value))
        throw invalidRequest("Invalid metadata: metadata must be a hash", { param: at });
      const entries = Object.entries(value);
      return Object.fromEntries(entries.map(([key, entry]) => [key, metadataValue(key, entry, at)]));
    },
  };
}

function metadataValue(key: string, value: FormValue, at: string): string {
  const param = `${at}[${key}]`;
  if (typeof value !== "string") throw invalidRequest("Metadata values must be strings", { param });
  if (key.length > 40) throw invalidRequest("Metadata keys can be at most 40 characters long.", { param });
  if (value.length > 500) throw invalidRequest("Metadata values can be at most 500 characters long.", { param });
  return value;
}

/** Reads a range of times: one exact second from `created=…`, or bounds such as `created[gte]=…`. */
export function timeRange(): ParamReader<TimeRangeFilter | undefined> {
  const bounds = { gt: integer(), gte: integer(), lt: integer(), lte: integer() };
  return {
    inner: bounds,
    read(value, at) {
      if (value === undefined || value === "") return undefined;
      if (typeof value !== "string") return object(bounds).read(value, at) ?? undefined;
      const second = integer().read(value, at);
      return { gte: second, lte: second };
    },
  };
}
export type TimeRangeFilter = { [K in "gt" | "gte" | "lt" | "lte"]?: number | null };

/** Declares a parameter that Stripe accepts but this stand-in does not support. */
export function unsupportedParam(): ParamReader<undefined> {
  return {
    isUnsupported: true,
    read(value, at) {
      if (value !== undefined) throw unsupportedError(`parameter ${at}`);
      return undefined;
    },
  };
}

/**
 * Declares several parameters that Stripe accepts but this stand-in does not support. `names` are separated by spaces.
 */
export function declareUnsupportedParams(names: string): Record<never, never> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, unsupportedParam()]));
}

export function readParams<S extends ParamShape>(form: FormMap, shape: S): ParsedParams<S> {
  return readShape(form, shape, (name) => name);
}

function readShape<S extends ParamShape>(form: FormMap, shape: S, path: (name: string) => string): ParsedParams<S> {
  const [param, ...more] = Object.keys(form).flatMap((name) => (Object.hasOwn(shape, name) ? [] : [path(name)]));
  if (param !== undefined) {
    const noun = more.length > 0 ? "parameters" : "parameter";
    const message = `Received unknown ${noun}: ${[param, ...more].join(", ").slice(0, 1_000)}`;
    throw invalidRequest(message, { code: "parameter_unknown", param });
  }
  const entries = Object.entries(shape).map(([name, reader]) => [name, reader.read(form[name], path(name))]);
  return Object.fromEntries(entries);
}

function isMap(value: FormValue): value is FormMap {
  return typeof value === "object" && !Array.isArray(value);
}
