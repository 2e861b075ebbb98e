// Renders a part of a page, so that an error in it does not break the whole page. React catches no errors on the
// server, so this code calls the part's components itself, inside a try block.
import { Children, cloneElement, Fragment, isValidElement, type ReactElement, type ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";
import type { OnPageSectionFailure, PageSectionLoadResult } from "@/domain/newsroom/page-section";

export type RenderPageSection = <Value>(
  named: { name: string; title: string },
  loaded: PageSectionLoadResult<Value>,
  render: (value: Value) => ReactNode,
) => ReactNode;

/**
 * Returns a function that renders a part of a page. If loading or rendering has failed, it renders a notice with the
 * part's title.
 */
export function createPageSectionRenderer({
  t,
  onFailure,
}: {
  t: Translate;
  onFailure: OnPageSectionFailure;
}): RenderPageSection {
  return ({ name, title }, loaded, render) => {
    try {
      if (loaded.kind === "here") return callComponents(render(loaded.value));
    } catch (error) {
      onFailure(name, error);
    }
    return (
      <Notice kind="bad" title={title}>
        <p>{t("newsroom.part-failed")}</p>
      </Notice>
    );
  };
}

function callComponents(node: ReactNode): ReactNode {
  if (Array.isArray(node)) return Children.map(node, callComponents);
  if (!isValidElement(node)) return node;
  const element = node as ReactElement<{ children?: ReactNode }>;
  if (isServerComponent(element.type))
    return <Fragment key={element.key}>{callComponents(element.type(element.props))}</Fragment>;
  const { children } = element.props;
  if (children === undefined) return element;
  // Passes several children as separate arguments, not as an array. Children written in JSX have no keys, and React
  // expects keys in an array.
  return cloneElement(
    element,
    undefined,
    ...(Array.isArray(children) ? children.map(callComponents) : [callComponents(children)]),
  );
}

/**
 * Returns true for a component that can be called. On the server a client component is only a reference, and a
 * component made by `memo` is an object.
 */
function isServerComponent(type: unknown): type is (props: object) => ReactNode {
  return typeof type === "function" && !("$$typeof" in type);
}
