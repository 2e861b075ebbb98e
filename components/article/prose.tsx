// Draws Markdown as HTML. Allows only what an article needs: no raw HTML, no pictures or scripts from elsewhere.
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
