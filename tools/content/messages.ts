// Generates files that import all messages, because a bundler follows only import lines with literal paths.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "../run/paths.mjs";

const FOLDER = join(REPOSITORY_ROOT, "content/messages");
const HEAD = [
  "// Written by `npm run messages` from the folders beside it; a test fails when a file is missing here. Do not edit it",
  "// by hand.",
].join("\n");

export function listLanguageFolders(folder = FOLDER): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

export function listMessageFiles(language: string, folder = FOLDER): string[] {
  const files = readdirSync(join(folder, language)).filter((file) => file.endsWith(".json"));
  return files.map((file) => file.slice(0, -".json".length)).sort();
}

export function listCompleteLanguages(folder = FOLDER): string[] {
  return listLanguageFolders(folder).filter((language) => findMissingMessageFiles(language, folder).length === 0);
}

export function findMissingMessageFiles(language: string, folder = FOLDER): string[] {
  const own = listMessageFiles(language, folder);
  return listMessageFiles("en", folder).filter((file) => !own.includes(file));
}

export function formatLanguagesFile(folder = FOLDER): string {
  const languages = listLanguageFolders(folder).map((language) => ({
    language,
    files: listMessageFiles(language, folder),
  }));
  const imports = languages.flatMap(({ language, files }) =>
    files.map((file) => `import ${nameOf(language, file)} from "./${language}/${file}.json" with { type: "json" };`),
  );
  const constants = languages.map(({ language, files }) => {
    const spreads = files.map((file) => `  ...${nameOf(language, file)},\n`).join("");
    return `const ${nameOf(language)} = {\n${spreads}};\n`;
  });
  const entries = languages.map(({ language }) => {
    const name = nameOf(language);
    return name === language ? name : `"${language}": ${name}`;
  });
  return `${HEAD}\n${imports.join("\n")}\n\n${constants.join("\n")}\nexport const messagesByLanguage = { ${entries.join(", ")} };\n`;
}

/** Returns a variable name: `en` and `own-data` become `enOwnData`. */
function nameOf(...parts: string[]): string {
  return parts.join("-").replace(/-([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Returns the text of a file that imports the `site.json` of each language that has one. Pages that need few messages
 * load this file instead of all messages.
 */
export function generateSiteJsonModule(folder = FOLDER): string {
  const languages = listLanguageFolders(folder).filter((language) =>
    listMessageFiles(language, folder).includes("site"),
  );
  const imports = languages.map((each) => `import ${nameOf(each)} from "./${each}/site.json" with { type: "json" };`);
  const entries = languages.map((each) => (nameOf(each) === each ? each : `"${each}": ${nameOf(each)}`));
  return `${HEAD}\n${imports.join("\n")}\n\nexport const siteJsonByLanguage = { ${entries.join(", ")} };\n`;
}

export function writeGeneratedMessageModules(): void {
  writeFileSync(join(FOLDER, "languages.ts"), formatLanguagesFile());
  writeFileSync(join(FOLDER, "site-words.ts"), generateSiteJsonModule());
}
