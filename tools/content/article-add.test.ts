import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readContent } from "../../systems/content";
import { bundleCommand } from "../test/bundle-command";
import { testInFullRun } from "../test/full-run";
import { addArticle } from "./article-add";

const SLUG = "last-ferry-leaves-with-a-piano-we-do-not-ask-why";

/**
 * A page as browsers save it as text: byte order mark, Windows line ends, odd blank lines, no-break spaces, a soft
 * hyphen.
 */
const PAGE = [
  "\ufeffSupport The Moscow Times!",
  "",
  "Last Ferry Leaves With a Piano: ‘We do not Ask Why’",
  " ",
  "",
  "Captain Nils Aro Screenshot Harbour24",
  "",
  "The last ferry of the year left the harbour on Tuesday with nine passengers and a piano.\u00a0",
  "",
  "",
  "\u00a0“We carry\u00a0what people bring,” Captain Aro [of the Lumi] said. \u00a0“It was\u00a0completely calm.”",
  "",
  "He had taken on 12\u00a0km of rope and some jour\u00adnals — “last year's”.  ",
  "",
  "Read more",
  "",
  "Local news isn’t free. You can help pay for it.",
  "",
  "We have printed the tides since 1904.",
  "",
  "Please consider a gift — or better still a monthly one.",
].join("\r\n");

let folder: string;

beforeEach(() => {
  folder = newFolder();
});

afterEach(() => rmSync(folder, { recursive: true }));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "article-add-"));
  mkdirSync(join(folder, "content/articles"), { recursive: true });
  for (const room of ["letters", "appeals"])
    cpSync(`content/${room}`, join(folder, "content", room), { recursive: true });
  writeFileSync(join(folder, "page.txt"), PAGE);
  return folder;
}

type Ran = { status: number | null; output: string; errors: string };

const DEFAULTS = { INIT_CWD: undefined, ARTICLES_FOLDER: undefined };

/**
 * Runs the command's function in the test's process. `given`: the command's arguments, and at most one object with
 * environment variables.
 */
function add(...given: (string | Record<string, string>)[]): Ran {
  const args = given.filter((each) => typeof each === "string");
  const [settings] = given.filter((each) => typeof each !== "string");
  const [output, errors] = (["log", "error"] as const).map((name) => vi.spyOn(console, name).mockReturnValue());
  const textOf = (printed: typeof output) => (printed?.mock.calls ?? []).map(([line]) => `${line}\n`).join("");
  for (const [name, value] of Object.entries({ ...DEFAULTS, ...settings })) vi.stubEnv(name, value);
  const before = process.cwd();
  process.chdir(folder);
  try {
    const status = addArticle(args);
    return { status, output: textOf(output), errors: textOf(errors) };
  } finally {
    process.chdir(before);
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  }
}

async function startCommand(...args: string[]): Promise<Ran> {
  const env = { ...process.env, ...DEFAULTS };
  const command = await bundleCommand("tools/content/article-add-command.ts");
  const ran = spawnSync(process.execPath, [command, ...args], { cwd: folder, env, encoding: "utf8" });
  return { status: ran.status, output: ran.stdout, errors: ran.stderr };
}

function articles() {
  return readContent(join(folder, "content")).articles;
}

function expectRefusal(ran: Ran, reason: RegExp): void {
  expect(ran.status).toBe(1);
  expect(ran.output).toBe("");
  expect(ran.errors).toMatch(/^article:add: [^\n]+\n$/);
  expect(ran.errors).toMatch(reason);
}

test("a page saved from a news site becomes an article", () => {
  const ran = add("page.txt", "--date", "2026-01-02", "--kicker", "Harbour", "--byline", "Anna Berg");
  expect(ran).toMatchObject({ status: 0, errors: "" });
  expect(ran.output).toContain(`content/articles/${SLUG}.md`);
  expect(ran.output).toContain(`/articles/${SLUG}`);
  expect(articles()).toEqual([
    {
      id: expect.stringMatching(/^a_[a-z0-9]{8}$/),
      slug: SLUG,
      language: "en",
      kicker: "Harbour",
      headline: "Last Ferry Leaves With a Piano: ‘We do not Ask Why’",
      standfirst: null,
      byline: "Anna Berg",
      publishedAt: "2026-01-02T00:00:00Z",
      picture: {
        src: null,
        alt: "",
        caption: "Captain Nils Aro Screenshot Harbour24",
        credit: null,
        width: 0,
        height: 0,
      },
      topics: [],
      ask: "Support The Moscow Times!",
      closing: {
        headline: "Local news isn’t free. You can help pay for it.",
        paragraphs: [
          "We have printed the tides since 1904.",
          "Please consider a gift — or better still a monthly one.",
        ],
      },
      sensitive: false,
      body: [
        "The last ferry of the year left the harbour on Tuesday with nine passengers and a piano.",
        "“We carry what people bring,” Captain Aro \\[of the Lumi] said. “It was completely calm.”",
        "He had taken on 12\u00a0km of rope and some journals — “last year's”.",
      ].join("\n\n"),
    },
  ]);
});

testInFullRun("the command runs as a process of its own", async () => {
  expect(await startCommand("page.txt")).toMatchObject({ status: 0, errors: "" });
  expect(articles()).toMatchObject([{ slug: SLUG }]);
});

test("an article in a language that the site does not offer is refused", () => {
  expectRefusal(add("page.txt", "--language", "xx"), /--language xx: publication\.ts offers .*en/);
});

test("a picture is copied, and its article stores the size, caption and description", () => {
  cpSync("public/og.png", join(folder, "photo.png"));
  expect(add("page.txt", "--picture", "photo.png", "--alt", "A ferry at night").status).toBe(0);
  expect(articles()[0]?.picture).toEqual({
    src: `/pictures/${SLUG}.png`,
    alt: "A ferry at night",
    caption: "Captain Nils Aro Screenshot Harbour24",
    credit: null,
    width: 1200,
    height: 630,
  });
  expect(readdirSync(join(folder, "public/pictures"))).toEqual([`${SLUG}.png`]);
});

test("an article is replaced only with --force, and keeps its id, date, URL and its `sensitive` setting", () => {
  add("page.txt", "--date", "2026-01-02T03:04:05+03:00", "--slug", "ferry", "--sensitive");
  const [first] = articles();
  expectRefusal(add("page.txt", "--slug", "ferry"), /content\/articles\/ferry\.md already exists/);
  writeFileSync(join(folder, "page.txt"), PAGE.replace("nine passengers", "ten passengers"));
  expect(add("page.txt", "--slug", "ferry", "--force").status).toBe(0);
  expect(articles()).toEqual([{ ...first, sensitive: true, body: first?.body.replace("nine", "ten") }]);
});

test("the article and its picture go into ARTICLES_FOLDER if it is set", () => {
  const shared = join(folder, "shared");
  mkdirSync(shared);
  cpSync("public/og.png", join(folder, "photo.png"));
  const ran = add({ ARTICLES_FOLDER: shared }, "page.txt", "--slug", "ferry", "--picture", "photo.png");
  expect(ran).toMatchObject({ status: 0, errors: "" });
  expect(readdirSync(shared).sort()).toEqual(["ferry.md", "pictures"]);
  expect(readdirSync(join(shared, "pictures"))).toEqual(["ferry.png"]);
});

test("another article's broken file does not stop the command, and a broken file with the same URL is not overwritten", () => {
  writeFileSync(join(folder, "content/articles/broken.md"), "half a fi");
  expect(add("page.txt", "--slug", "ferry").status).toBe(0);
  expectRefusal(add("page.txt", "--slug", "broken", "--force"), /broken\.md: does not open with front matter/);
});

test("text that looks like markup stays text", () => {
  const hostile = [
    "Last ferry leaves",
    "The ferry left.",
    "---",
    "# No heading",
    "<script>alert(1)</script>",
    "id: a_hacked00",
  ];
  writeFileSync(join(folder, "page.txt"), hostile.join("\n\n"));
  expect(add("page.txt").status).toBe(0);
  const [article] = articles();
  expect(article?.id).not.toBe("a_hacked00");
  expect(article?.body).toBe(
    "The ferry left.\n\n\\---\n\n\\# No heading\n\n\\<script>alert(1)\\</script>\n\nid: a_hacked00",
  );
});

describe("unsuitable input is refused in one line, and nothing is written", () => {
  const pages: [string, string | Uint8Array, RegExp][] = [
    ["an empty file", "", /page\.txt is empty/],
    ["blank lines", "\r\n \u00a0 \r\n", /page\.txt is empty/],
    ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0), /page\.txt is not a text file/],
    ["another encoding", Uint8Array.of(0x93, 0x48, 0x69, 0x94), /page\.txt is not UTF-8/],
    ["a web page", "<!doctype html><p>Text.</p>", /page\.txt is a PDF, RTF, HTML or XML file/],
    ["more than 1 MB", "Text. ".repeat(200_000), /page\.txt is larger than 1 MB/],
    ["one line of nearly 1 MB", "text ".repeat(199_000), /page\.txt has no headline/],
    ["no headline", "The ferry left on Tuesday.\n\nIt had nine passengers.", /page\.txt has no headline/],
    ["no text", "Last ferry leaves\n", /page\.txt has a headline but no text/],
  ];
  const commands: [string, string[], RegExp][] = [
    ["a missing file", ["none.txt"], /none\.txt does not exist/],
    ["a folder", ["content"], /content is not a file/],
    ["no file", [], /give one file\. Usage: npm run article:add/],
    ["two files", ["page.txt", "page.txt"], /give one file/],
    ["an unknown option", ["page.txt", "--colour", "red"], /--colour.*Usage/],
    ["an impossible date", ["page.txt", "--date", "2026-02-30"], /--date 2026-02-30/],
    ["a slug that leaves the folder", ["page.txt", "--slug", "../../evil"], /--slug \.\.\/\.\.\/evil/],
    ["a missing picture", ["page.txt", "--picture", "none.png"], /none\.png does not exist/],
    ["a file that is not a picture", ["page.txt", "--picture", "page.txt"], /page\.txt is not a PNG, JPEG or WebP/],
  ];

  test.each(pages)("%s", (_, contents, reason) => {
    writeFileSync(join(folder, "page.txt"), contents);
    expectRefusal(add("page.txt"), reason);
    expect(readdirSync(join(folder, "content/articles"))).toEqual([]);
  });

  test.each(commands)("%s", (_, args, reason) => {
    expectRefusal(add(...args), reason);
    expect(readdirSync(join(folder, "content/articles"))).toEqual([]);
  });
});
