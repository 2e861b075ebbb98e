import { expect, test, vi } from "vitest";
import { readUploadForm } from "./upload-form";

const CHUNK = new Uint8Array(64_000);
const LIMITS = { maxTotalTextBytes: 1_000, maxTotalFileBytes: 100_000 };
const part = (name: string, more = "") => `\r\n--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
const file = (name: string) => part(name, '; filename="anna.pdf"');

/**
 * Returns a request whose body consists of `pieces`. A text is sent as it is. A number stands for that many chunks of a
 * file.
 */
function formOf(...pieces: (string | number)[]): Request {
  const body = new ReadableStream({
    start(stream) {
      for (const piece of pieces)
        if (typeof piece === "string") stream.enqueue(new TextEncoder().encode(piece));
        else for (let chunk = 0; chunk < piece; chunk += 1) stream.enqueue(CHUNK);
      stream.close();
    },
  });
  const headers = { "content-type": "multipart/form-data; boundary=b" };
  return new Request("http://127.0.0.1/", { method: "POST", headers, body, duplex: "half" } as RequestInit);
}

test("drops a file that is too large, alone or with the others, and keeps everything around it", async () => {
  const join = vi.spyOn(Buffer, "concat");
  const pieces = [
    part("before"),
    "ä",
    file("small"),
    1,
    file("large"),
    600,
    file("other"),
    1,
    file("tiny"),
    "a",
    part("after"),
    "b",
  ];
  const read = await readUploadForm(formOf(...pieces, "\r\n--b--\r\n"), LIMITS);
  expect(Object.fromEntries(read?.form ?? [])).toEqual({ before: "ä", after: "b" });
  const sizes = [...(read?.files ?? [])].map(([name, { bytes }]) => [name, bytes?.length ?? null]);
  expect(sizes).toEqual([
    ["small", 64_000],
    ["large", null],
    ["other", null],
    ["tiny", 1],
  ]);
  const joined = join.mock.calls.map(([pieces]) => pieces.reduce((sum, { length }) => sum + length, 0));
  expect(Math.max(...joined), "no joined buffer is larger than the limit").toBeLessThanOrEqual(
    LIMITS.maxTotalFileBytes,
  );
  join.mockRestore();
});

test("leaves out a field in which no file was chosen", async () => {
  const read = await readUploadForm(formOf(part("receipt", '; filename=""'), "\r\n--b--\r\n"), LIMITS);
  expect(read?.files.size).toBe(0);
});

test("refuses texts that are too long together, and more parts than a form has", async () => {
  const long = "a".repeat(600);
  expect(await readUploadForm(formOf(part("a"), long, part("b"), long, "\r\n--b--\r\n"), LIMITS)).toBeNull();
  const parts = Array.from({ length: 61 }, (_, index) => part(`p${index}`));
  expect(await readUploadForm(formOf(...parts, "\r\n--b--\r\n"), LIMITS)).toBeNull();
});
