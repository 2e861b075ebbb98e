// Reads a PDF with Mozilla's pdf.js, which shares no code with the code that writes the site's PDFs.
import { getDocumentProxy } from "unpdf";

type Tagged = { role: string; text: string; children: Tagged[] };

export type PdfContent = {
  pages: number;
  /** The width and height of the last page, in points. */
  size: [width: number, height: number];
  language: string | null;
  info: Record<string, unknown>;
  xmp: string;
  isMarked: boolean;
  elements: Tagged[];
  text: string;
  /** Each piece of text with its left end, in points. */
  places: { text: string; x: number }[];
  /** Text that is neither tagged nor marked as an artifact. In a PDF/UA file it is empty. */
  unmarked: string;
  annotations: number;
};

export async function readPdf(bytes: Uint8Array): Promise<PdfContent> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  const { info, metadata } = await pdf.getMetadata();
  const read = {
    ...{ elements: [] as Tagged[], places: [] as PdfContent["places"], text: "", unmarked: "" },
    ...{ annotations: 0, size: [0, 0] as [number, number] },
  };
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    read.size = [width, height];
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    const texts = textsById(items as TextItem[]);
    const tree = (await page.getStructTree()) as StructNode | null;
    read.elements.push(...(tree?.children ?? []).flatMap((node) => taggedFrom(node, texts)));
    read.unmarked += texts.get(UNMARKED)?.trim() ?? "";
    read.places.push(
      ...(items as TextItem[]).map(({ str = "", transform = [] }) => ({ text: str, x: transform[4] ?? 0 })),
    );
    read.text += (items as TextItem[]).map(({ str = "" }) => str).join("");
    read.annotations += (await page.getAnnotations()).length;
  }
  const { Language, ...rest } = info as Record<string, unknown>;
  return {
    ...read,
    pages: pdf.numPages,
    language: typeof Language === "string" ? Language : null,
    info: rest,
    xmp: metadata?.getRaw() ?? "",
    isMarked: (await pdf.getMarkInfo())?.Marked === true,
  };
}

export function pdfTableRows(elements: readonly Tagged[]): string[][] {
  return elements.flatMap(({ role, children }) =>
    role === "TR" ? [children.map(({ text }) => text)] : pdfTableRows(children),
  );
}

export function pdfTexts(elements: readonly Tagged[], role: string): string[] {
  return elements.flatMap((each) => (each.role === role ? [each.text] : pdfTexts(each.children, role)));
}

type TextItem = { type?: string; id?: string; str?: string; hasEOL?: boolean; transform?: number[] };
type StructNode = { role?: string; type?: string; id?: string; children?: StructNode[] };

const UNMARKED = "outside all marked content";

function textsById(items: readonly TextItem[]): Map<string, string> {
  const texts = new Map<string, string>();
  const open: string[] = [];
  for (const { type, id, str = "", hasEOL } of items) {
    if (type?.startsWith("beginMarkedContent")) open.push(id ?? "");
    else if (type === "endMarkedContent") open.pop();
    else {
      const inside = open.at(-1) ?? UNMARKED;
      texts.set(inside, (texts.get(inside) ?? "") + str + (hasEOL ? " " : ""));
    }
  }
  return texts;
}

function taggedFrom(node: StructNode, texts: ReadonlyMap<string, string>): Tagged[] {
  const children = node.children ?? [];
  if (node.role === undefined) return [];
  const elements = children.flatMap((child) => taggedFrom(child, texts));
  const own = children.flatMap(({ type, id }) => (type === "content" ? [texts.get(id ?? "") ?? ""] : []));
  // Replaces several spaces in a row by one. pdf.js inserts a space between separate pieces of text, even if they
  // already have one.
  const text = [...own, ...elements.map(({ text }) => text)].join("").replace(/ +/g, " ").trim();
  // Leaves out elements without text. If a table began on an earlier page, the structure of this page also contains the
  // table's rows from that page, but without their text.
  return text ? [{ role: node.role, text, children: elements }] : [];
}
