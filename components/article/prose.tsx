// Allows only the listed elements: no raw HTML, no images and no scripts.
import Markdown from "react-markdown";

const ELEMENTS = ["p", "h2", "h3", "blockquote", "ul", "ol", "li", "em", "strong", "a", "hr", "br", "sup", "sub"];

export function Prose({ markdown }: { markdown: string }) {
  return (
    <div className="prose">
      <Markdown allowedElements={ELEMENTS} unwrapDisallowed skipHtml>
        {markdown}
      </Markdown>
    </div>
  );
}
