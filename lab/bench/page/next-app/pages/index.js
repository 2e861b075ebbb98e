// The least that Next can serve: a page without words, prerendered by the build.
export default function Empty() {
  return null;
}
