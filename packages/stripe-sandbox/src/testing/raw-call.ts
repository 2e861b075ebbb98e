// Sends requests that the `stripe` package never sends.
import { TEST_API_KEY } from "./test-sandbox";

export type RawCallOptions = {
  method?: string;
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
};

export async function rawCall(url: string, path: string, { method = "GET", body, headers = {} }: RawCallOptions = {}) {
  const form: Record<string, string> = body === undefined ? {} : { "content-type": FORM };
  const authorization = `Bearer ${TEST_API_KEY}`;
  const response = await fetch(url + path, { method, body, headers: { authorization, ...form, ...headers } });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: text === "" ? null : JSON.parse(text) };
}

const FORM = "application/x-www-form-urlencoded";
