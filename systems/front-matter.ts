// Reads content files with front matter. An error names the file, and the invalid field if there is one.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse as parseYaml } from "yaml";
import type { z } from "zod";

export type ContentFile<T> = { slug: string; matter: T; body: string };

export function readContentFiles<T>(folder: string, schema: z.ZodType<T>): ContentFile<T>[] {
  const names = readdirSync(folder).filter(isContentFile);
  return names.sort().map((name) => {
    const path = join(folder, name);
    return parseFile(readFileSync(path, "utf8"), { schema, path });
  });
}

/**
 * Returns true for a content file. False for other types of files, and for files that are still being written under a
 * temporary name.
 */
export function isContentFile(name: string): boolean {
  return name.endsWith(".md") && !name.startsWith(".");
}

export function parseFile<T>(text: string, { schema, path }: { schema: z.ZodType<T>; path: string }): ContentFile<T> {
  const { matter, body } = splitMatter(text, path);
  return { slug: parseSlug(path), matter: parseMatter(matter, { schema, path }), body };
}

function parseSlug(path: string): string {
  const slug = basename(path, ".md");
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    throw new Error(`content: ${path}: a file's name is part of its URL: only a-z, 0-9 and single hyphens`);
  }
  return slug;
}

function splitMatter(text: string, path: string): { matter: string; body: string } {
  const parts = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(text.replaceAll("\r\n", "\n"));
  if (!parts) throw new Error(`content: ${path}: does not open with front matter between two lines of ---`);
  const body = (parts[2] ?? "").trim();
  if (body === "") throw new Error(`content: ${path}: body: is empty`);
  return { matter: parts[1] ?? "", body };
}

function parseMatter<T>(yaml: string, { schema, path }: { schema: z.ZodType<T>; path: string }): T {
  const parsed = schema.safeParse(readYaml(yaml, path));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join(".") || "front matter"}: ${issue.message}`);
  throw new Error(`content: ${path}: ${issues.join("; ")}`);
}

function readYaml(yaml: string, path: string): unknown {
  try {
    return parseYaml(yaml);
  } catch (cause) {
    throw new Error(`content: ${path}: front matter is not YAML: ${firstLine(cause)}`, { cause });
  }
}

function firstLine(error: unknown): string {
  return error instanceof Error ? error.message.replace(/:?\n[\s\S]*$/, "") : String(error);
}
