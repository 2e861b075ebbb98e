import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
/** The documents. Leaves out the files in content/, which are texts of the site: their links are URLs of the site. */
const pages = trackedFiles().filter((file) => file.endsWith(".md") && !file.startsWith("content/"));

function trackedFiles(): string[] {
  const args = ["ls-files", "-z", "-co", "--exclude-standard", "--deduplicate"];
  const { stdout } = spawnSync("git", args, { cwd: ROOT, encoding: "utf8" });
  return stdout.split("\0").filter((file) => file && existsSync(join(ROOT, file)));
}

function textOf(page: string): string {
  return readFileSync(join(ROOT, page), "utf8").replace(/^```.*?^```/gms, "");
}

function linksIn(text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^()\s]+)(?: "[^"]*")?\)|^\[[^\]]+\]: (\S+)$/gm)].map(
    (match) => match[1] ?? match[2] ?? "",
  );
  return targets.filter((target) => !/^[a-z][a-z+.-]*:/i.test(target));
}

/**
 * Returns the anchors that GitHub gives to the headings: lower case, no punctuation, hyphens for spaces. If an anchor
 * is repeated, a number follows it.
 */
function anchorsIn(text: string): string[] {
  const counts = new Map<string, number>();
  return [...text.matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = ""]) => {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const anchor = words.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, "").replaceAll(" ", "-");
    const times = counts.get(anchor) ?? 0;
    counts.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

function faultOf(page: string, link: string): string[] {
  const [path = "", anchor] = decodeURI(link).split("#");
  const target = path === "" ? page : normalize(join(dirname(page), path));
  if (target.startsWith("..") || !existsSync(join(ROOT, target))) return [`${page}: ${link} leads nowhere`];
  const isPage = target.endsWith(".md") && statSync(join(ROOT, target)).isFile();
  if (anchor && isPage && !anchorsIn(textOf(target)).includes(anchor)) return [`${page}: ${link} names no heading`];
  return [];
}

test("every relative link in a Markdown file leads somewhere", () => {
  const links = pages.flatMap((page) => linksIn(textOf(page)).map((link) => ({ page, link })));
  expect(links.length).toBeGreaterThan(50);
  expect(links.flatMap(({ page, link }) => faultOf(page, link))).toEqual([]);
});

test("a link to a missing file, out of the repository, or to a missing heading is reported", () => {
  expect(faultOf("README.md", "docs/no-such-page.md")).toHaveLength(1);
  expect(faultOf("README.md", "../elsewhere.md")).toHaveLength(1);
  expect(faultOf("README.md", "#no-such-heading")).toHaveLength(1);
  expect(anchorsIn("# A gift's `way`\n## One\n## One")).toEqual(["a-gifts-way", "one", "one-1"]);
});
