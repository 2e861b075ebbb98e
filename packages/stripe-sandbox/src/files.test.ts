import Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rawCall } from "./testing/raw-call";
import {
  CONFIRM_WITHOUT_REDIRECT_PARAMS,
  openTestSandbox,
  stripeClientFor,
  TEST_API_KEY,
  type TestSandbox,
} from "./testing/test-sandbox";

const PDF = Buffer.from("%PDF-1.7\n1 0 obj << /Type /Pages >>\n2 0 obj << /Type /Page >>\n%%EOF\n");
const PNG = Buffer.from("\x89PNG\r\n\x1a\n and the rest", "latin1");
const JPEG = Buffer.from("\xff\xd8\xff\xe0 and the rest", "latin1");
const GIF = Buffer.from("GIF89a and the rest");
const SVG = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>");

let bench: TestSandbox;
let stripe: Stripe;

beforeAll(async () => {
  bench = await openTestSandbox();
  stripe = bench.stripe;
});
afterAll(() => bench.close());

function upload(data: Buffer, more: Partial<Stripe.FileCreateParams> = {}, options: Stripe.RequestOptions = {}) {
  const file = { data, name: "file.pdf", type: "application/pdf" };
  return stripe.files.create({ purpose: "dispute_evidence", file, ...more }, options);
}

async function openDispute(): Promise<Stripe.Dispute> {
  const payment_method = "pm_card_createDispute";
  const { id } = await stripe.paymentIntents.create({
    amount: 2_000,
    currency: "usd",
    ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
    payment_method,
  });
  const [dispute] = (await stripe.disputes.list({ payment_intent: id })).data;
  if (!dispute) throw new Error("no dispute");
  return dispute;
}

test("a file is uploaded, retrieved and listed by its purpose, and expires after nine months", async () => {
  const other = stripeClientFor(bench.url, "sk_test_files");
  const file = { data: PNG, name: "logo.pdf", type: "application/pdf" };
  const logo = await other.files.create({ purpose: "business_logo", file });
  const pdf = await other.files.create({ purpose: "dispute_evidence", file: { data: PDF, name: "receipt.pdf" } });
  expect(pdf).toMatchObject({
    id: expect.stringMatching(/^file_\w{24}$/),
    object: "file",
    expires_at: pdf.created + 270 * 86_400,
    filename: "receipt.pdf",
    links: { object: "list", data: [] },
    purpose: "dispute_evidence",
    size: PDF.length,
    title: null,
    type: "pdf",
    url: `${bench.url}/v1/files/${pdf.id}/contents`,
  });
  // The type follows from the file's content, not from its name.
  expect(logo).toMatchObject({ type: "png", filename: "logo.pdf", expires_at: null });
  const { lastResponse: _, ...stored } = await other.files.retrieve(pdf.id);
  expect(stored).toEqual({ ...pdf });
  expect((await other.files.list({ purpose: "dispute_evidence" })).data.map(({ id }) => id)).toEqual([pdf.id]);
  expect((await other.files.list()).data.map(({ id }) => id)).toEqual([pdf.id, logo.id]);
  await expect(stripe.files.retrieve(pdf.id)).rejects.toMatchObject({
    statusCode: 404,
    message: `No such file upload: '${pdf.id}'`,
  });
});

test.each([
  ["a PDF", PDF, "pdf"],
  ["a PNG", PNG, "png"],
  ["a JPEG", JPEG, "jpg"],
])("%s may be evidence", async (_, data, type) => {
  expect(await upload(data)).toMatchObject({ type, size: data.length });
});

const MIMETYPES = "application/pdf, image/jpeg, image/png.";
test.each([
  ["an unknown purpose", PDF, { purpose: "evidence" }, /^Invalid purpose: must be one of account_requirement, /],
  ["text for a file", PDF, { file: "text" as never }, "Invalid hash"],
  [
    "a GIF",
    GIF,
    {},
    `We don't currently support that file type. Try uploading a file with one of the following mimetypes: ${MIMETYPES}`,
  ],
  ["an SVG that is called a PDF", SVG, {}, /^We don't currently support that file type/],
  ["an empty file", Buffer.alloc(0), {}, /^We don't currently support that file type/],
  ["more than 5 MB", Buffer.concat([PDF, Buffer.alloc(5 * 1_024 * 1_024)]), {}, /^The file you uploaded is too large/],
  [
    "50 pages",
    Buffer.from(`%PDF-1.7\n${"<< /Type /Page >>\n".repeat(50)}`),
    {},
    "The file you uploaded was too long. Please upload a file with fewer than 50 pages.",
  ],
  ["a PDF as a logo", PDF, { purpose: "business_logo" as const }, /image\/gif, image\/jpeg, image\/png\.$/],
])("an upload with %s is refused", async (_, data, params, message) => {
  await expect(upload(data, params)).rejects.toMatchObject({
    statusCode: 400,
    type: "StripeInvalidRequestError",
    message: typeof message === "string" ? message : expect.stringMatching(message),
  });
});

test("a purpose that is not built, and the content of a file, answer 501", async () => {
  await expect(upload(PDF, { purpose: "identity_document" })).rejects.toMatchObject({ statusCode: 501 });
  const { id } = await upload(PDF);
  expect((await rawCall(bench.url, `/v1/files/${id}/contents`)).status).toBe(501);
});

test("an upload without a purpose, or without a file, is refused with the missing parameter's name", async () => {
  const send = async (form: FormData) => {
    const headers = { authorization: `Bearer ${TEST_API_KEY}` };
    return (await fetch(`${bench.url}/v1/files`, { method: "POST", body: form, headers })).json();
  };
  const [withFile, withPurpose] = [new FormData(), new FormData()];
  withFile.append("file", new Blob([PDF]), "receipt.pdf");
  withPurpose.append("purpose", "dispute_evidence");
  expect(await send(withFile)).toMatchObject({
    error: { code: "parameter_missing", param: "purpose", message: "Missing required param: purpose." },
  });
  expect(await send(withPurpose)).toMatchObject({ error: { code: "parameter_missing", param: "file" } });
});

test("an upload that breaks off, one of 18 MB, and one to another endpoint are refused", async () => {
  const boundary = { "content-type": "multipart/form-data; boundary=b" };
  const start = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-';
  const send = (path: string, body: string) => rawCall(bench.url, path, { method: "POST", body, headers: boundary });
  expect((await send("/v1/files", start)).json.error.message).toContain("not valid multipart/form-data");
  expect((await send("/v1/files", start + "a".repeat(18_000_000))).status).toBe(413);
  expect((await send("/v1/customers", `${start}\r\n--b--\r\n`)).json.error.message).toContain("content type");
});

test("a repeated idempotency key answers with the first file, and refuses a different file", async () => {
  const idempotencyKey = "one upload";
  const first = await upload(PDF, {}, { idempotencyKey });
  expect((await upload(PDF, {}, { idempotencyKey })).id).toBe(first.id);
  await expect(upload(JPEG, {}, { idempotencyKey })).rejects.toMatchObject({ type: "StripeIdempotencyError" });
});

test("a dispute accepts only an existing evidence file, which can be expanded and, until it is submitted, removed", async () => {
  const { id } = await openDispute();
  const [receipt, logo] = [await upload(PDF), await upload(PNG, { purpose: "business_logo" })];
  const stage = (evidence: Stripe.DisputeUpdateParams.Evidence) =>
    stripe.disputes.update(id, { evidence, submit: false });
  await expect(stage({ receipt: "file_none" })).rejects.toMatchObject({
    statusCode: 400,
    code: "resource_missing",
    param: "evidence[receipt]",
    message: "No such file upload: 'file_none'",
  });
  await expect(stage({ receipt: logo.id })).rejects.toMatchObject({ statusCode: 400, param: "evidence[receipt]" });
  const staged = await stage({ receipt: receipt.id, uncategorized_file: receipt.id });
  expect(staged.evidence).toMatchObject({ receipt: receipt.id, uncategorized_file: receipt.id });
  const expanded = await stripe.disputes.retrieve(id, { expand: ["evidence.receipt"] });
  expect(expanded.evidence.receipt).toMatchObject({ object: "file", id: receipt.id });
  const removed = await stage({ receipt: "" });
  expect(removed.evidence).toMatchObject({ receipt: null, uncategorized_file: receipt.id });
  await stripe.disputes.update(id, { submit: true });
  await expect(stage({ receipt: receipt.id })).rejects.toMatchObject({ statusCode: 400 });
});

test("a file that brings the evidence above 4.5 MB is refused and not attached", async () => {
  const { id } = await openDispute();
  const half = Buffer.concat([PDF, Buffer.alloc(2_300_000)]);
  const [a, b] = [await upload(half), await upload(half)];
  await stripe.disputes.update(id, { evidence: { receipt: a.id }, submit: false });
  const both = stripe.disputes.update(id, { evidence: { customer_communication: b.id }, submit: false });
  await expect(both).rejects.toMatchObject({ message: expect.stringContaining("exceed the limit for a dispute") });
  expect((await stripe.disputes.retrieve(id)).evidence).toMatchObject({ receipt: a.id, customer_communication: null });
});

test("the evidence of a new dispute contains what the payer typed, and a call can remove it", async () => {
  const billing_details = { name: "Rosa Reader", email: "rosa@example.org", address: { city: "Riga", country: "LV" } };
  const card = { token: "tok_createDispute" };
  const method = await stripe.paymentMethods.create({ type: "card", card, billing_details });
  const confirmed = { ...CONFIRM_WITHOUT_REDIRECT_PARAMS, payment_method: method.id };
  const intent = await stripe.paymentIntents.create({ amount: 2_000, currency: "usd", ...confirmed });
  const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
  expect(dispute).toMatchObject({
    evidence: { billing_address: "Riga\nLV", customer_name: "Rosa Reader", customer_email_address: "rosa@example.org" },
    evidence_details: { has_evidence: false },
  });
  const evidence = { billing_address: "", customer_name: "", customer_email_address: "" };
  const cleared = await stripe.disputes.update(dispute?.id ?? "", { evidence, submit: false });
  expect(cleared.evidence).toMatchObject({ billing_address: null, customer_name: null, customer_email_address: null });
  expect(cleared.evidence_details.has_evidence).toBe(false);
});

test("the package sends an upload to files.stripe.com, or to the configured host if there is one", async () => {
  const hosts: string[] = [];
  const httpClient = Stripe.createNodeHttpClient();
  httpClient.makeRequest = (host, _port, path) => {
    hosts.push(`${host}${path}`);
    return Promise.reject(new Error("not sent"));
  };
  const file = { data: PDF, name: "receipt.pdf" };
  for (const config of [{}, { host: "127.0.0.1", port: 4242, protocol: "http" as const }]) {
    const client = new Stripe(TEST_API_KEY, { ...config, httpClient, maxNetworkRetries: 0 });
    await client.files.create({ purpose: "dispute_evidence", file }).catch(() => {});
    await client.files.retrieve("file_1").catch(() => {});
  }
  const [upload, read] = ["/v1/files", "/v1/files/file_1"];
  expect(hosts).toEqual([
    ...[`files.stripe.com${upload}`, `api.stripe.com${read}`],
    ...[`127.0.0.1${upload}`, `127.0.0.1${read}`],
  ]);
});
